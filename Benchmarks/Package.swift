// swift-tools-version: 6.2
import PackageDescription

// A package of its own: no user of the library resolves what only benchmarks need.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "descent", path: "..", traits: ["Observability"]),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
  ],
  targets: [
    .executableTarget(
      name: "benchmark",
      dependencies: [
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
        .product(name: "LinearAlgebra", package: "descent"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Benchmark",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ] + (Context.environment["DESCENT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])),
    // LinearAlgebra alone, beside C; built without the rest.
    .target(name: "AlgebraInC", dependencies: [.product(name: "LinearAlgebra", package: "descent")]),
    .executableTarget(
      name: "AlgebraBenchmark",
      dependencies: ["AlgebraInC", .product(name: "LinearAlgebra", package: "descent")]),
    // The examples of Documentation, as a user of the library would build them. scripts/test runs them.
    .executableTarget(
      name: "LinkCheck",
      dependencies: [
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
        .product(name: "LinearAlgebra", package: "descent"),
      ]),
  ]
    // Those of Examples/Training, by a link: there they are a package of their own, for which all would be compiled again.
    + ["NightlyJob", "BackgroundTraining", "CustomLoss", "ObservedTraining"].map {
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
            ]),
        path: "Sources/Training/\($0)")
    },
  swiftLanguageModes: [.v6]
)
