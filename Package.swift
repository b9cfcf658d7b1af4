// swift-tools-version: 6.2
import PackageDescription

// OpenBLAS, unless LINEARALGEBRA_BLAS names another library: with "blas" it is the libblas.so.3 that the machine has
// chosen, on Debian by update-alternatives.
let blas = Context.environment["LINEARALGEBRA_BLAS"] ?? "openblas"

let package = Package(
  name: "descent",
  products: [
    .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
    .library(name: "Descent", targets: ["Descent"]),
    .library(name: "DescentFiles", targets: ["DescentFiles"]),
    .library(name: "DescentPictures", targets: ["DescentPictures"]),
    .library(name: "DescentObservability", targets: ["DescentObservability"]),
    .library(name: "DescentMPI", targets: ["DescentMPI"]),
    .executable(name: "descent", targets: ["DescentTool"]),
  ],
  traits: [
    .trait(
      name: "Observability",
      description:
        "DescentObservability tells swift-log and swift-metrics of trainings; off, neither is fetched."),
    .trait(name: "MPI", description: "Trains on many machines by Open MPI, which must be installed then."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", path: "Modules/COpenBLAS", pkgConfig: blas,
      providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CLAPACKE", path: "Modules/CLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(
      name: "CZlib", path: "Modules/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CZstd", path: "Modules/CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CZip", path: "Modules/CZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CXXHash", path: "Modules/CXXHash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(
      name: "CSQLite", path: "Modules/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CMPI", path: "Modules/CMPI", pkgConfig: "ompi-c",
      providers: [.apt(["libopenmpi-dev"])]),

    .target(
      name: "LinearAlgebra",
      dependencies: ["COpenBLAS", "CLAPACKE", .product(name: "ComplexModule", package: "swift-numerics")]),
    .target(name: "DescentKernels"),
    .target(name: "DescentThreads"),
    .target(name: "Descent", dependencies: ["LinearAlgebra", "DescentKernels", "DescentThreads", "CXXHash"]),
    .target(name: "DescentMapping"),
    .target(name: "DescentMemory"),
    .target(
      name: "DescentFiles", dependencies: ["Descent", "DescentMapping", "CZlib", "CZip", "CZstd", "CSQLite"]),
    .target(name: "DescentPictures", dependencies: ["Descent", "CZlib"]),
    .target(
      name: "DescentObservability",
      dependencies: [
        "Descent",
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Observability"])),
        .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Observability"])),
      ]),
    // Empty without the trait.
    .target(
      name: "DescentMPI",
      dependencies: ["Descent", .target(name: "CMPI", condition: .when(traits: ["MPI"]))]),
    .executableTarget(
      name: "DescentTool",
      dependencies: [
        "Descent", "DescentFiles", "DescentMemory", "DescentPictures",
        .target(name: "DescentMPI", condition: .when(traits: ["MPI"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "KernelTests", dependencies: ["DescentKernels"]),
    .testTarget(
      name: "LinearAlgebraTests",
      dependencies: ["LinearAlgebra", .product(name: "ComplexModule", package: "swift-numerics")]),
    .testTarget(name: "DescentTests", dependencies: ["Descent"]),
    .testTarget(name: "Laws", dependencies: ["Descent"]),
    .testTarget(name: "DescentFilesTests", dependencies: ["DescentFiles", "CZstd", "CSQLite"]),
    .testTarget(
      name: "FuzzingTests", dependencies: ["Descent", "DescentFiles", "LinearAlgebra"], path: "Fuzzing",
      exclude: ["Corpus", "Fuzz", "Memory", "Package.swift", "seeds.py"], sources: ["Readers", "Replay"]),
    .testTarget(name: "DescentPicturesTests", dependencies: ["DescentPictures", "CZlib"]),
    .testTarget(
      name: "DescentToolTests",
      dependencies: [
        "DescentTool", "Descent", "DescentFiles", "DescentPictures", "LinearAlgebra", "CZlib", "CZstd",
        "CSQLite",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// The same strict settings everywhere. Warnings become errors where scripts/test asks for it, and
// not in a client's build, where a new compiler's warning must not break the client.
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["DESCENT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])
for target in package.targets where ![.system, .plugin, .binary].contains(target.type) {
  if ["DescentKernels", "DescentMapping", "DescentMemory", "DescentThreads"].contains(target.name) {
    continue
  }  // C
  target.swiftSettings = strict
}
