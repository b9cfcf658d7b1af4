// swift-tools-version: 6.2
import PackageDescription

// Programs that link LinearAlgebra alone, as a user of it would.
let package = Package(
  name: "Examples",
  dependencies: [.package(name: "descent", path: "..")],
  targets: ["LeastSquaresFit", "DigitsPCA", "KalmanFilter"].map {
    .executableTarget(name: $0, dependencies: [.product(name: "LinearAlgebra", package: "descent")])
  },
  swiftLanguageModes: [.v6]
)
