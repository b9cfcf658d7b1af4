import Foundation
import Testing

private let folder = "/usr/share/datasets/fashion-mnist"

@Suite("Fashion-MNIST, where Debian's package is there")
struct FashionTests {
  @Test(
    .enabled(if: Tool.isRelease, "a debug binary takes minutes"),
    .enabled(if: FileManager.default.fileExists(atPath: folder), "dataset-fashion-mnist is not installed"))
  func momentum() {
    let training = Training(
      "\(folder)/train-images-idx3-ubyte.gz",
      "--labels \(folder)/train-labels-idx1-ubyte.gz --test \(folder)/t10k-images-idx3-ubyte.gz "
        + "--test-labels \(folder)/t10k-labels-idx1-ubyte.gz --solver momentum --batch-size 128 --epochs 5")
    #expect(training.outcome.code == 0)
    #expect(training.number("rows") == 60000 && training.number("test_rows") == 10000)
    #expect(training.number("test_accuracy") >= 0.83)
  }
}
