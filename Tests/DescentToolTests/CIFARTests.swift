import Descent
import DescentFiles
import LinearAlgebra
import Testing

extension Samples {
  /// Records of CIFAR-10, each with an image of its own: the channel's number, the pixel's and the record's are in it.
  static func cifar(_ labels: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (row, label) in labels.enumerated() {
      bytes.append(label)
      for feature in 0..<3072 {
        let (channel, mark) = (feature / 1024, 7 * feature + 13 * row + 5 * Int(label))
        bytes.append(UInt8(80 * channel + mark % 61))
      }
    }
    return bytes
  }
}

@Suite("CIFAR-10's binary format")
struct CIFARTests {
  private static let train: [UInt8] = [3, 0, 3, 9, 0, 9, 3, 0, 9, 3]

  /// A folder of three batches, one of them compressed, and a test batch.
  private func folder() -> Folder {
    let folder = Folder()
    folder.makeFolder("c")
    folder.write("c/data_batch_1.bin", Samples.cifar(Array(Self.train[..<4])))
    folder.write("c/data_batch_2.bin.gz", Samples.gzip(Samples.cifar(Array(Self.train[4..<6]))))
    folder.write("c/data_batch_4.bin", Samples.cifar(Array(Self.train[6...])))
    folder.write("c/test_batch.bin", Samples.cifar([0, 3]))
    return folder
  }

  @Test func recordsBecomeBytesWithTheirClasses() throws {
    let folder = folder()
    let data = try DataFile.read("\(folder.path)/c")
    #expect(data.targets == .labels(Self.train.map { Int32($0) }))
    #expect(
      data.classNames == CIFAR10.classNames && data.classNames[3] == "cat" && data.classNames.count == 10)
    #expect(data.features.holdsBytes)
    #expect(data.imageShape == ImageShape(height: 32, width: 32, channels: 3, isPlanar: true))
    let all = data.features.storedBytes(0..<10)
    let pixels = [Self.train[..<4], Self.train[4..<6], Self.train[6...]].flatMap { labels in
      stride(from: 0, to: labels.count * 3073, by: 3073).flatMap {
        Samples.cifar(Array(labels))[$0 + 1..<$0 + 3073]
      }
    }
    #expect(all.map { Array($0) } == pixels)
    #expect(
      try DataFile.read("\(folder.path)/c", DataOptions(target: .numbers)).targets
        == .values(Self.train.map { Double($0) }))
  }

  @Test func aStreamGivesBlocksAcrossFiles() throws {
    let folder = folder()
    for target in [DataOptions.Target.ignored, .classes] {
      let stream = try DataFile.stream("\(folder.path)/c", DataOptions(target: target), as: Double.self)
      let whole = try DataFile.read("\(folder.path)/c")
      var rows = 0
      while let block = try stream.next(3) {
        #expect(block.firstRow == rows && block.rows == min(3, 10 - rows))
        #expect(block.targets == (target == .ignored ? nil : whole.targets[rows..<rows + block.rows]))
        let pixels = whole.features.storedBytes(rows..<rows + block.rows)!
        #expect(Array(block.features.elements) == pixels.map { Double($0) })
        rows += block.rows
      }
      #expect(rows == 10)
    }
  }

  /// Features of the same numbers under the classes' numbers, as an array has them.
  @Test func theExecutableTakesItWhereverDataAre() {
    let folder = folder()
    func run(_ arguments: [String], _ code: Int32 = 0) -> Tool.Outcome {
      let run = Tool.run(arguments, in: folder)
      #expect(run.code == code, "\(run.errors)")
      return run
    }
    _ = run(["convert", "c", "x.npy", "--labels-output", "y.npy", "--quiet"])
    let training = ["--solver", "sgd", "--epochs", "2", "--quiet"]
    _ = run(["train", "c", "--test", "c/test_batch.bin"] + training)
    _ = run(["train", "x.npy", "--labels", "y.npy", "--loss", "softmax"] + training)
    let named = run(["predict", "c.onnx", "c"])
    #expect(named.lines.count == 10 && Set(named.lines).isSubset(of: CIFAR10.classNames))
    // A model that numbers the classes knows them too.
    #expect(run(["evaluate", "x.onnx", "c/data_batch_1.bin"]).output.hasPrefix("rows       4\n"))
    #expect(run(["evaluate", "c.onnx", "c"]).output.hasPrefix("rows       10\n"))
    #expect(run(["inspect", "c.onnx"]).output.contains("32 × 32, 3 channel(s), one after the other\n"))
    _ = run(["templates", "c.onnx", "-o", "t.svg"])
    let picture = folder.text("t.svg")
    #expect(picture.contains(">airplane<") && picture.contains(">green<"))
    #expect(picture.contains("airplane: row 31, column 30, blue, "))
    _ = run(["convert", "c", "t.csv", "--quiet"])
    #expect(
      folder.text("t.csv").split(separator: "\n").map { $0.split(separator: ",").last }
        == Self.train.map { "\($0)" })
    folder.write("other.csv", "1,2,a\n3,4,b\n")
    _ = run(["train", "other.csv", "--quiet"])
    #expect(
      run(["predict", "other.onnx", "c"], 65).errors == [
        "descent: c/data_batch_1.bin: images of 3072 numbers do not fit the model, which takes 2 features; give rows of the shape it was trained on"
      ])
  }

  /// The pipe: what batches one after another are.
  @Test func recordsComeThroughAPipe() {
    let folder = folder()
    let cat =
      "cat c/data_batch_1.bin c/data_batch_4.bin | '\(Tool.path)' convert - - --format cifar10 --output-format csv | wc -l"
    folder.write("run", cat)
    let outcome = Tool.run([], in: folder, under: ["/bin/sh", "run"])
    #expect(outcome.output == "8\n", "\(outcome.errors)")
  }
}
