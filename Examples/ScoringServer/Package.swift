// swift-tools-version: 6.2
import PackageDescription

// A package of its own: nobody who links Descent resolves a web server.
let package = Package(
  name: "ScoringServer",
  dependencies: [
    .package(name: "descent", path: "../.."),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
  ],
  targets: [
    .executableTarget(
      name: "ScoringServer",
      dependencies: [
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
        .product(name: "LinearAlgebra", package: "descent"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
