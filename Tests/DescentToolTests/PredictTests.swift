import Foundation
import Testing

@Suite("predict")
struct PredictTests {
  private let folder: Folder

  init() {
    folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = Tool.run(["train", "points.csv", "--quiet", "--epochs", "300", "-o", "model"], in: folder)
    #expect(outcome.code == 0 && outcome.errors.isEmpty && outcome.output.isEmpty)
  }

  @Test func withAndWithoutLabelsAndHeader() {
    let expected = ["a", "b", "c", "a"]
    folder.write("labels.csv", "x,y,kind\n1,1,a\n9,1,b\n1,9,a\n0,0.5,?\n")
    folder.write("no-header.csv", "1,1,a\n9,1,b\n1,9,a\n0,0.5,?\n")
    folder.write("no-labels.csv", "x,y\n1,1\n9,1\n1,9\n0,0.5\n")
    folder.write("bare.csv", "1,1\n9,1\n1,9\n0,0.5")
    folder.write("first.csv", "kind,x,y\na,1,1\n,9,1\na,1,9\n,0,0.5\n")
    for (file, options, hasHeader) in [
      ("labels.csv", [], true), ("no-header.csv", [], false), ("no-labels.csv", [], true),
      ("bare.csv", [], false), ("first.csv", ["--label", "kind"], true),
      ("first.csv", ["--label", "1"], true), ("bare.csv", ["--header", "no"], false),
      ("labels.csv", ["--output-header", "no"], false), ("bare.csv", ["--output-header", "yes"], true),
    ] {
      let outcome = Tool.run(["predict", "model", file] + options, in: folder)
      #expect(outcome.lines == (hasHeader ? ["class"] : []) + expected, "\(file) \(options)")
      #expect(outcome.errors == [])
      #expect(outcome.code == 0)
    }
    let piped = Tool.run(["predict", "model", "-"], in: folder, input: folder.text("bare.csv"))
    #expect(piped.lines == expected)
  }

  @Test func scoresAndProbabilities() {
    folder.write("rows.csv", "1,1\n9,1\n1,9\n4,4\n")
    let scores = Tool.run(["predict", "model", "rows.csv", "--scores"], in: folder).lines
    let probabilities = Tool.run(["predict", "model", "rows.csv", "--probabilities"], in: folder).lines
    #expect(scores.count == 4 && probabilities.count == 4)
    for (s, p) in zip(scores, probabilities) {
      let (s, p) = (s.split(separator: ","), p.split(separator: ","))
      #expect(s.count == 4 && p.count == 4 && s[0] == p[0])
      let values = s.dropFirst().map { Double($0)! }
      let shares = p.dropFirst().map { Double($0)! }
      let exponentials = values.map { exp($0 - values.max()!) }
      for (share, e) in zip(shares, exponentials) {
        #expect(abs(share - e / exponentials.reduce(0, +)) < 1e-6)
      }
      #expect(["a", "b", "c"][values.firstIndex(of: values.max()!)!] == s[0])
    }
    // The same digits however the rows come.
    let piped = Tool.run(["predict", "model", "-", "--scores"], in: folder, input: folder.text("rows.csv"))
    #expect(piped.lines == scores)
  }

  @Test func probabilitiesOfAHinge() {
    _ = Tool.run(["train", "points.csv", "--quiet", "--loss", "hinge", "-o", "hinge"], in: folder)
    let outcome = Tool.run(["predict", "hinge", "points.csv", "--probabilities"], in: folder)
    #expect(
      outcome.errors == [
        "descent: hinge: a model trained with the loss 'hinge' gives no probabilities; ask for --scores, "
          + "or train with --calibrate sigmoid"
      ])
    #expect(outcome.code == 64)
    #expect(Tool.run(["predict", "hinge", "points.csv"], in: folder).lines.count == 10)
  }

  @Test func numbersHaveNoProbabilities() {
    folder.write("numbers.csv", "a,y\n1,2.5\n2,3.5\n4,1.5\n")
    _ = Tool.run(["train", "numbers.csv", "--quiet", "-o", "numbers"], in: folder)
    let outcome = Tool.run(["predict", "numbers", "numbers.csv", "--probabilities"], in: folder)
    #expect(
      outcome.errors == [
        "descent: numbers: the model predicts numbers, which have no probabilities; leave --probabilities out"
      ])
    #expect(outcome.code == 64)
  }

  /// Nothing of a bad row or of those after it, all of those before it.
  @Test func stopsAtABadRow() {
    folder.write("bad.csv", "1,1\n9,1\nx,2\n1,1\n")
    let file = Tool.run(["predict", "model", "bad.csv"], in: folder)
    #expect(file.code == 65)
    #expect(
      file.errors.count == 1 && file.errors[0].hasPrefix("descent: bad.csv:3: column 1: 'x' is not a number"))
    #expect(file.lines == ["a", "b"])
    let piped = Tool.run(["predict", "model", "-"], in: folder, input: "1,1\n9,1\nx,2\n1,1\n")
    #expect(piped.code == 65)
    #expect(piped.lines == ["a", "b"])
  }

  /// As `yes | descent predict model - | head -3`: what the reader saw is whole, and nothing is said.
  @Test func endsQuietlyWhereNobodyReads() {
    folder.write("many.csv", String(repeating: "1,1\n9,1\n1,9\n", count: 20_000))
    for data in ["many.csv", "-"] {
      let output = Tool.makePipe()
      let run = Tool.Run(
        ["predict", "model", data], in: folder,
        input: open(folder.path + "/many.csv", O_RDONLY | O_CLOEXEC), output: output.writing,
        errors: open(folder.path + "/errors", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644))
      var buffer = [UInt8](repeating: 0, count: 6)
      var count = 0
      while count < 6 {
        let more = read(output.reading, &buffer[count], 6 - count)
        guard more > 0 else { break }
        count += more
      }
      close(output.reading)
      #expect(buffer == Array("a\nb\nc\n".utf8))
      #expect(run.wait() == 128 + SIGPIPE)
      #expect(folder.text("errors") == "")
    }
  }

  /// The model knows where the table that it was trained on had its labels.
  @Test func findsTheLabelsOfTheTraining() {
    folder.write("first.csv", "kind,x,y\n" + String(repeating: "a,1,0\nb,9,1\n", count: 4))
    #expect(
      Tool.run(["train", "first.csv", "--label", "kind", "--quiet", "-o", "first.onnx"], in: folder).code == 0
    )
    folder.write("same.csv", "kind,x,y\nb,1,0\nb,9,1\n")
    folder.write("last.csv", "x,y,kind\n1,0,b\n9,1,b\n")
    folder.write("no-header.csv", "b,1,0\nb,9,1\n")
    folder.write("no-labels.csv", "1,0\n9,1\n")
    folder.write("none.csv", "x,y\n1,0\n9,1\n")
    for file in ["same.csv", "last.csv", "no-header.csv", "no-labels.csv", "none.csv"] {
      let outcome = Tool.run(["predict", "first.onnx", file], in: folder)
      let header = ["no-header.csv", "no-labels.csv"].contains(file) ? [] : ["class"]
      #expect(outcome.lines == header + ["a", "b"], "\(file): \(outcome.errors)")
    }
    for file in ["same.csv", "last.csv", "no-header.csv"] {
      let outcome = Tool.run(["evaluate", "first.onnx", file], in: folder)
      #expect(outcome.measured("accuracy") == "50.00 %", "\(file): \(outcome.errors)")
    }
    // One that is asked for counts more.
    let asked = Tool.run(["predict", "first.onnx", "same.csv", "--label", "x"], in: folder)
    #expect(asked.code == 65 && asked.lines.isEmpty)
  }

  /// A row that goes in comes out before the next goes in.
  @Test func answersEachRow() {
    let (input, output) = (Tool.makePipe(), Tool.makePipe())
    let run = Tool.Run(
      ["predict", "model", "-"], in: folder, input: input.reading, output: output.writing,
      errors: open("/dev/null", O_WRONLY | O_CLOEXEC))
    let lines = fdopen(output.reading, "r")!
    defer { fclose(lines) }
    for (row, expected) in [("1,1\n", "a\n"), ("9,1\n", "b\n"), ("1,9\n", "c\n")] {
      #expect(write(input.writing, row, row.utf8.count) == 4)
      var ready = pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 20_000) == 1 else {
        Issue.record("no answer to \(row)")
        kill(run.process, SIGKILL)
        break
      }
      var buffer = [CChar](repeating: 0, count: 80)
      fgets(&buffer, 80, lines)
      #expect(buffer.starts(with: expected.utf8.map { CChar($0) }))
    }
    close(input.writing)
    #expect(run.wait() == 0)
  }

  @Test(.enabled(if: Tool.isRelease, "a debug binary takes long"))
  func memoryDoesNotGrowWithTheData() {
    let row = "1.000000000000000000000000000001,9.000000000000000000000000000001\n"
    folder.write("few.csv", String(repeating: row, count: 100))
    folder.write("many.csv", String(repeating: row, count: 500_000))
    func memory(_ file: String) -> Int {
      let run = Tool.Run(
        ["predict", "model", file], in: folder, input: open("/dev/null", O_RDONLY | O_CLOEXEC),
        output: open("/dev/null", O_WRONLY | O_CLOEXEC), errors: open("/dev/null", O_WRONLY | O_CLOEXEC))
      let (code, memory) = run.waitMeasuring()
      #expect(code == 0)
      return memory
    }
    #expect(memory("many.csv") < memory("few.csv") + 4_000_000)
  }

  @Test func classNamesThatNeedQuotes() {
    let names = ["plain", "with, comma", "with \"quotes\"", "ü"]
    let centres = ["0,0", "9,0", "0,9", "9,9"]
    func quoted(_ name: String) -> String { "\"\(name.replacingOccurrences(of: "\"", with: "\"\""))\"" }
    let rows = zip(centres, names).map { "\($0),\(quoted($1))\n" }.joined()
    folder.write("names.csv", "x,y,name\n" + rows + rows)
    #expect(Tool.run(["train", "names.csv", "--quiet", "--epochs", "300"], in: folder).code == 0)
    folder.write("rows.csv", centres.joined(separator: "\n"))
    let alone = Tool.run(["predict", "names.onnx", "rows.csv"], in: folder)
    #expect(alone.lines == ["plain", "\"with, comma\"", "\"with \"\"quotes\"\"\"", "ü"])
    let scored = Tool.run(["predict", "names.onnx", "rows.csv", "--scores"], in: folder).lines
    #expect(scored[1].hasPrefix("\"with, comma\","))
    #expect(scored[3].split(separator: ",").count == 5)
    let evaluated = Tool.run(["evaluate", "names.onnx", "names.csv"], in: folder)
    #expect(evaluated.measured("accuracy") == "100.00 %")
    #expect(evaluated.output.contains("with, comma"))
  }
}
