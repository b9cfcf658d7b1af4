// swift-tools-version: 6.2
import PackageDescription

// Programs that train, as a user of the library would write them.
let package = Package(
  name: "Training",
  dependencies: [.package(name: "descent", path: "../..")],
  targets: ["NightlyJob", "BackgroundTraining", "CustomLoss"].map {
    .executableTarget(
      name: $0,
      dependencies: [
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
        .product(name: "LinearAlgebra", package: "descent"),
      ])
  },
  swiftLanguageModes: [.v6]
)
