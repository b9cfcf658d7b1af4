import Foundation
import Testing

@Suite("Trainings that come to nothing, and surroundings that nobody meant")
struct TrainingBadInputTests {
  private func train(
    _ data: String, in folder: Folder, _ options: String, _ environment: [String: String] = [:]
  ) -> Tool.Outcome {
    Tool.run(
      ["train", data] + options.split(separator: " ").map(String.init), in: folder, environment: environment)
  }

  static let lost: [(String, String, Int32, String)] = [
    (
      Samples.points, "--learning-rate 1e300 --quiet", 70,
      "the training diverged: the objective grew beyond all bounds; no model was written; lower --learning-rate: 320 lowers the loss in a range test"
    ),
    (
      Samples.points, "--learning-rate 1e40 --quiet", 70,
      "the training diverged: the objective grew beyond all bounds; no model was written; lower --learning-rate: 320 lowers the loss in a range test"
    ),
    (
      "x,y,kind\n1e200,2,a\n3e200,3,b\n-1e200,1,a\n2e200,4,b\n",
      "--precision double --scaling none --solver momentum --quiet", 70,
      "the training diverged: the objective grew beyond all bounds; no model was written; scale the features: leave out --scaling none"
    ),
    (
      "1,a\n2,b\n3,c\n", "--holdout 0.1", 65,
      "a hold-out of 0.1 leaves 3 of 3 rows to train on and 0 to measure by; no class has two rows, so that no fraction helps: measure by --test"
    ),
    (
      Samples.points, "--strict --tolerance 1e-30 --quiet", 70,
      "the training ended before it reached the tolerance; no model was written, as --strict asks; give it more time, a larger --tolerance or --precision double"
    ),
  ]

  @Test("flags-92", arguments: lost)
  func comesToNothing(_ text: String, _ options: String, _ code: Int32, _ message: String) {
    let folder = Folder()
    folder.write("d.csv", text)
    let outcome = train("d.csv", in: folder, options)
    #expect(outcome.errors == ["descent: d.csv: \(message)"])
    #expect(outcome.code == code)
    #expect(outcome.output == "")
    #expect(folder.names == ["d.csv"])
  }

  @Test("flags-83: more rows a step than there are") func batchSize() {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = train("points.csv", in: folder, "--batch-size 100 -o m")
    #expect(outcome.code == 0)
    #expect(
      outcome.errors.contains("note: --batch-size 100 is more than the 9 rows: a step takes all of them"))
  }

  @Test("flags-89: a line break in a name stays on one line") func names() {
    let folder = Folder()
    folder.write("d\n.csv", "1,a\n2\n")
    let outcome = train("d\n.csv", in: folder, "--quiet")
    #expect(
      outcome.errors == [
        "descent: d\\n.csv:2: 1 field where the first row has 2; fill in the missing ones or remove the row"
      ])
    #expect(outcome.code == 65)
    #expect(folder.names == ["d\n.csv"])
  }

  @Test(
    "flags-90, flags-91: surroundings that nobody meant",
    arguments: [
      ["OPENBLAS_NUM_THREADS": "abc"], ["OPENBLAS_NUM_THREADS": "-1"], ["OPENBLAS_CORETYPE": "nosuch"],
      ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"], ["LC_ALL": "nosuch"],
      ["HOME": "/nosuch", "TMPDIR": "/nosuch"], ["TERM": "nosuch"],
    ])
  func surroundings(_ environment: [String: String]) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    #expect(train("points.csv", in: folder, "--quiet -o plain").code == 0)
    let outcome = train("points.csv", in: folder, "--quiet -o other", environment)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    // OpenBLAS takes its plainest kernels where it does not know the name: other bits, and the same classes.
    let options = environment["OPENBLAS_CORETYPE"] == nil ? ["--scores"] : []
    if !options.isEmpty { #expect(folder.model("other") == folder.model("plain")) }
    let plain = Tool.run(["predict", "plain", "points.csv"] + options, in: folder)
    let other = Tool.run(["predict", "other", "points.csv"] + options, in: folder, environment: environment)
    #expect(other.code == 0 && other.bytes == plain.bytes)
    #expect(options.isEmpty || other.output.contains("."))
  }
}
