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
    while !text.contains("epoch "), case let more = errors.availableData, !more.isEmpty {
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

extension NPYTests {
  /// NaN stands for a number that is missing where something is said about them.
  @Test func missingNumbersAreFilled() {
    let folder = Folder()
    let (features, labels) = Samples.corners(60)
    var bytes = features
    for row in [7, 30] {
      bytes.replaceSubrange(128 + 4 * (3 * row + 2)..<128 + 4 * (3 * row + 3), with: [0, 0, 0xc0, 0x7f])
    }
    folder.write("x.npy", bytes)
    folder.write("y.npy", labels)
    let filled = Tool.run(
      ["train", "x.npy", "--labels", "y.npy", "--missing", "indicator", "-o", "m", "--holdout", "0.2"],
      in: folder)
    #expect(filled.code == 0, "\(filled.errors)")
    #expect(filled.errors.contains("note: x.npy: 2 missing cells filled in by the column's mean"))
    let evaluated = Tool.run(["evaluate", "m", "x.npy", "--labels", "y.npy"], in: folder)
    #expect(evaluated.lines.first == "rows       60", "\(evaluated.errors)")
    #expect(Tool.run(["predict", "m", "x.npy"], in: folder).lines.count == 60)
    let dropped = Tool.run(
      ["train", "x.npy", "--labels", "y.npy", "--missing", "drop", "-o", "d"], in: folder)
    #expect(dropped.errors.contains("note: x.npy: 2 rows dropped, for cells that are missing"))
    // The model has no means.
    let refused = Tool.run(["predict", "d", "x.npy"], in: folder)
    #expect(refused.code == 65 && refused.errors[0].contains("row 7, number 2 is NaN"), "\(refused.errors)")
  }
}
