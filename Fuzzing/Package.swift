// swift-tools-version: 6.2
import PackageDescription

// A package of its own: it is built with the sanitizers alone, by scripts/fuzz. The package above it tests the readers
// that are driven here with Replay.
let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "descent", path: "..")],
  targets: [
    .target(name: "FuzzMemory", path: "Memory"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "FuzzMemory",
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
        .product(name: "LinearAlgebra", package: "descent"),
      ],
      path: ".",
      exclude: ["Corpus", "Memory", "Replay", "seeds.py"],
      sources: ["Fuzz", "Readers"],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ] + (Context.environment["DESCENT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]),
      // Others stumble over the sanitizer's symbols.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ],
  swiftLanguageModes: [.v6]
)
