import Foundation
import Testing

/// The short form of scripts/check-faults: files may not grow beyond 2 kB, as on a full disk.
@Suite("Where a file cannot be written to its end, the old one stays and nothing else is left")
struct FaultTests {
  struct Case: CustomTestStringConvertible {
    let arguments: String
    /// The file that cannot be written.
    let file: String
    var testDescription: String { arguments }

    init(_ arguments: String, _ file: String) { (self.arguments, self.file) = (arguments, file) }
  }

  static let cases = [
    Case("train digits.csv --quiet --epochs 2 -o out.onnx", "out.onnx"),
    Case("train digits.csv --quiet --epochs 2 -o out.safetensors", "out.safetensors"),
    Case("train digits.csv --quiet --epochs 2 --checkpoint out.ckpt --resume -o none", "out.ckpt"),
    Case("train points.csv --quiet --epochs 100 -o model.safetensors --metrics out.json", "out.json"),
    Case("convert digits.csv out.tsv", "out.tsv"),
    Case("convert digits.csv out.csv.gz", "out.csv.gz"),
    Case("convert digits.csv out.npy --labels-output labels.npy", "out.npy"),
    Case("convert digits.csv out.idx --no-labels", "out.idx"),
    Case("convert digits.csv out.npz", "out.npz"),
    Case("export model.onnx -o out.csv", "out.csv"),
    Case("export model.onnx -o out.npy", "out.npy"),
    Case("export model.onnx -o out.safetensors", "out.safetensors"),
    Case("templates model.onnx --shape 8x8 -o out.png", "out.png"),
    Case("templates model.onnx --shape 8x8 -o out.svg", "out.svg"),
  ]

  @Test(arguments: cases) func disk(_ bad: Case) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    symlink(Tool.digits, folder.path + "/digits.csv")
    #expect(
      Tool.run(["train", "digits.csv", "--quiet", "--epochs", "1", "-o", "model.onnx"], in: folder).code == 0)
    // A checkpoint that can be gone on from; of other files any content will do.
    if bad.file.hasSuffix(".ckpt") {
      let options = bad.arguments.split(separator: " ").map(String.init)
      #expect(Tool.run(options + ["--time-limit", "1e-9"], in: folder).code == 0)
      try? FileManager.default.removeItem(atPath: folder.path + "/none")
    } else {
      folder.write(bad.file, "old")
    }
    let (before, old) = (folder.names, folder.read(bad.file))
    let outcome = Tool.run(
      bad.arguments.split(separator: " ").map(String.init) + ["--force"], in: folder,
      under: ["sh", "-c", "ulimit -f 4; exec \"$0\" \"$@\""])
    #expect(outcome.code == 74)
    #expect(outcome.errors.last == "descent: \(bad.file): cannot be written: File too large")
    #expect(folder.read(bad.file) == old)
    #expect(Set(folder.names).subtracting(["model.safetensors"]) == Set(before))
  }
}
