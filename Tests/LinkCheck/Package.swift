// swift-tools-version: 6.2
import PackageDescription

// A package as a user of the library would write it. scripts/test builds and runs it.
let package = Package(
  name: "LinkCheck",
  dependencies: [.package(name: "descent", path: "../..")],
  targets: [
    .executableTarget(
      name: "LinkCheck",
      dependencies: [
        .product(name: "Descent", package: "descent"),
        .product(name: "DescentFiles", package: "descent"),
      ])
  ]
)
