// swift-tools-version: 6.2
import PackageDescription

// Programs that train, as a user of the library would write them.
let package = Package(
  name: "Training",
  dependencies: [
    .package(name: "descent", path: "../..", traits: ["Observability"]),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
  ],
  targets: ["NightlyJob", "BackgroundTraining", "CustomLoss", "ObservedTraining"].map {
    .executableTarget(
      name: $0,
      dependencies: [
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
        .product(name: "LinearAlgebra", package: "descent"),
      ]
        + ($0 != "ObservedTraining"
          ? []
          : [
            .product(name: "DescentObservability", package: "descent"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "MetricsTestKit", package: "swift-metrics"),
          ]))
  },
  swiftLanguageModes: [.v6]
)
