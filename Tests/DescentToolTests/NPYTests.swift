import Foundation
import Testing

@Suite("NumPy's arrays, mapped into memory")
struct NPYTests {
  private func folder(rows: Int) -> Folder {
    let (folder, (features, labels)) = (Folder(), Samples.corners(rows))
    folder.write("x.npy", features)
    folder.write("y.npy", labels)
    return folder
  }

  @Test func trainsTheSameModelMappedReadAndInflated() {
    let folder = folder(rows: 300)
    folder.write("x.npy.gz", Samples.gzip(folder.read("x.npy")))
    func train(_ data: String, _ output: String, _ options: [String] = []) {
      let run = Tool.run(
        ["train", data, "--labels", "y.npy", "--quiet", "-o", output] + options, in: folder)
      #expect(run.code == 0, "\(run.errors)")
    }
    train("x.npy", "mapped")
    train("x.npy.gz", "inflated")
    #expect(folder.model("mapped") == folder.model("inflated"))
    train("x.npy", "mapped", ["--holdout", "0.2", "--solver", "adam", "--epochs", "2"])
    train("x.npy.gz", "inflated", ["--holdout", "0.2", "--solver", "adam", "--epochs", "2"])
    #expect(folder.model("mapped") == folder.model("inflated"))
    let evaluation = Tool.run(["evaluate", "mapped", "x.npy", "--labels", "y.npy"], in: folder)
    #expect(evaluation.lines.first == "rows       300", "\(evaluation.errors)")
    #expect(evaluation.measured("accuracy") != nil)
    let classes = Tool.run(["predict", "mapped", "x.npy"], in: folder)
    #expect(classes.output.split(separator: "\n").count == 300, "\(classes.errors)")
  }

  @Test func aNumberThatIsNotFiniteIsFound() {
    let folder = folder(rows: 40)
    var bytes = folder.read("x.npy")
    bytes.replaceSubrange(128 + 4 * (3 * 7 + 2)..<128 + 4 * (3 * 7 + 3), with: [0, 0, 0xc0, 0x7f])
    folder.write("bad.npy", bytes)
    for command in [
      ["train", "bad.npy"], ["train", "x.npy", "--test", "bad.npy", "--test-labels", "y.npy"],
    ] {
      let run = Tool.run(command + ["--labels", "y.npy", "--quiet", "-o", "m"], in: folder)
      #expect(
        run.errors == [
          "descent: bad.npy: row 7, feature 2 is NaN; remove the row or fill the value in"
        ])
      #expect(run.code == 65)
    }
    #expect(folder.names == ["bad.npy", "x.npy", "y.npy"])
  }

  /// The training would go on for hours: it ends because its data are cut off under it.
  @Test func aFileThatShrinksUnderATrainingIsAnErrorAndNoCrash() throws {
    let folder = folder(rows: 20_000)
    let pipe = Tool.makePipe()
    let run = Tool.Run(
      [
        "train", "x.npy", "--labels", "y.npy", "--solver", "sgd", "--epochs", "10000000", "--verbose", "-o",
        "m",
      ], in: folder, input: open("/dev/null", O_RDONLY | O_CLOEXEC),
      output: open("/dev/null", O_WRONLY | O_CLOEXEC), errors: pipe.writing)
    let errors = FileHandle(fileDescriptor: pipe.reading, closeOnDealloc: true)
    var text = ""
    while !text.contains("pass "), case let more = errors.availableData, !more.isEmpty {
      text += String(decoding: more, as: UTF8.self)
    }
    truncate("\(folder.path)/x.npy", 4096)
    text += String(decoding: errors.readDataToEndOfFile(), as: UTF8.self)
    #expect(run.wait() == 74)
    #expect(
      text.hasSuffix(
        "descent: x.npy: could not be read to its end any more: it shrank, or its disk failed; "
          + "try again once nothing writes to it\n"))
    #expect(folder.names == ["x.npy", "y.npy"])
  }
}
