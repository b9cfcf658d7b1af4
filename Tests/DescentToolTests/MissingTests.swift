import Descent
import DescentFiles
import Foundation
import Testing

@Suite("Missing numbers, from the file to the model")
struct MissingTests {
  /// 40 rows, of which those held out hold a number a million times as large; the last row of each part lacks it.
  @Test(arguments: ["--holdout 0.25", "--holdout 0.25 --epochs 2 --patience 1 --validation 0.2"])
  func meansComeFromTheRowsToTrainOn(_ options: String) throws {
    let labels = (0..<40).map { Int32($0 % 2) }
    var training = Targets.labels(labels).split(holdout: 0.25, seed: 0).training
    if options.contains("--patience") {
      let kept = Targets.labels(training.map { labels[$0] }).split(holdout: 0.2, seed: 0).training
      training = kept.map { training[$0] }
    }
    let heldOut = Set(0..<40).subtracting(training)
    let lacking = [training.last!, heldOut.max()!]
    let folder = Folder()
    let lines = (0..<40).map { row in
      let number = lacking.contains(row) ? "" : heldOut.contains(row) ? "1000000" : "\(row)"
      return "\(number),\(row % 5),\(row % 2 == 0 ? "a" : "b")\n"
    }
    folder.write("d.csv", "x,y,k\n" + lines.joined())
    let outcome = Tool.run(
      ["train", "d.csv", "--missing", "mean", "--output", "model"]
        + options.split(separator: " ").map(String.init), in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("note: d.csv: 2 missing cells filled in by the column's mean"))
    guard case .float(let model) = try ModelFile.read(folder.path + "/model") else {
      Issue.record("not a model of Floats")
      return
    }
    let schema = try #require(model.columns.table)
    let known = training.filter { !lacking.contains($0) }
    #expect(schema.columns[0].mean == Double(known.reduce(0, +)) / Double(known.count))
  }
}
