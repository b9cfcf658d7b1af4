import Descent
import DescentFiles
import Foundation
import LinearAlgebra
import Testing

/// Files that version 0.1 wrote (commit 27e9579), with the scores that it gave: Tests/References/version-0.1/make.py.
@Suite("Files of the version before are read")
struct OldFileTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let file: String
    /// The file that it was trained on.
    let data: String
    let options: String
    /// [row][output], of the rows of that file.
    let scores: [[Double]]
    var testDescription: String { file }
    var isCheckpoint: Bool { file.hasSuffix(".checkpoint") }
  }

  static let folder = Tool.root + "/Tests/References/version-0.1"
  static let cases: [Case] = try! JSONDecoder().decode(
    [Case].self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/cases.json")))

  @Test(
    "a model scores as it did", arguments: cases.filter { !$0.isCheckpoint && $0.data.hasSuffix("s.csv") })
  func models(_ old: Case) throws {
    let model = try ModelFile.read("\(Self.folder)/\(old.file)")
    let words = old.options.split(separator: " ")
    let lossName = words.firstIndex(of: "--loss").map { String(words[$0 + 1]) }
    switch model {
    case .float(let model):
      #expect(!old.options.contains("double"))
      #expect(lossName == nil || model.lossName == lossName)
      try check(scores(model, old), old, tolerance: 2e-6)
    case .double(let model):
      #expect(lossName == nil || model.lossName == lossName)
      try check(scores(model, old), old, tolerance: 1e-13)
    }
  }

  @Test("and does so through the tool, in either format", arguments: cases.filter { !$0.isCheckpoint })
  func throughTheTool(_ old: Case) throws {
    let folder = Folder()
    folder.write(old.file, Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(old.file)"))))
    let other = old.file.hasSuffix(".onnx") ? "other.safetensors" : "other.onnx"
    #expect(Tool.run(["export", old.file, "-o", other], in: folder).code == 0)
    for model in [old.file, other] {
      #expect(Tool.run(["inspect", model], in: folder).code == 0)
      let predicted = Tool.run(
        ["predict", model, "\(Self.folder)/\(old.data)", "--scores", "--output-header", "no"], in: folder)
      #expect(predicted.code == 0, "\(predicted.errors)")
      // Its class, where it has one, and the numbers.
      let scores = predicted.lines.map { line in
        let cells = line.split(separator: ",")
        return cells.suffix(max(1, cells.count - 1)).map { Double($0) ?? .nan }
      }
      try check(scores, old, tolerance: old.options.contains("double") ? 1e-13 : 2e-6)
    }
  }

  @Test("a training goes on to the same end", arguments: cases.filter(\.isCheckpoint))
  func checkpoints(_ old: Case) throws {
    let folder = Folder()
    folder.write("c", Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(old.file)"))))
    let resume =
      ["train", "\(Self.folder)/\(old.data)", "--quiet", "-o", "m", "--checkpoint", "c", "--resume"]
      + old.options.split(separator: " ").map(String.init)
    let outcome = Tool.run(resume, in: folder)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let scores =
      switch try ModelFile.read("\(folder.path)/m") {
      case .float(let model): try scores(model, old)
      case .double(let model): try scores(model, old)
      }
    // Under l1 the biases of a softmax drifted together then, which says nothing.
    guard old.file == "proximal-newton.checkpoint" else { return try check(scores, old, tolerance: 1e-4) }
    try check(scores.map(centred), against: old.scores.map(centred), tolerance: 1e-4)
  }

  @Test("other data or options are refused, by name", arguments: cases.filter(\.isCheckpoint))
  func refusals(_ old: Case) throws {
    let folder = Folder()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(old.file)")))
    folder.write("c", bytes)
    var table = try String(contentsOfFile: "\(Self.folder)/\(old.data)", encoding: .utf8)
    let lastRow = table.split(separator: "\n").last!
    func resume(_ options: String) -> Tool.Outcome {
      folder.write("data.csv", table)
      return Tool.run(
        ["train", "data.csv", "--quiet", "-o", "m", "--checkpoint", "c", "--resume"]
          + options.split(separator: " ").map(String.init), in: folder)
    }
    let otherPenalty = old.options.contains("--l2") ? old.options : old.options + " --l2 0.5"
    let strengthened = otherPenalty.replacing("--l2 0.01", with: "--l2 0.5")
    var outcome = resume(strengthened)
    #expect(outcome.code == 65 && outcome.errors.count == 1)
    #expect(outcome.errors.first?.contains("l2 is") == true, "\(outcome.errors)")
    table += lastRow + "\n"
    outcome = resume(old.options)
    #expect(outcome.code == 65 && outcome.errors.count == 1)
    #expect(
      outcome.errors.first?.contains("the number of rows is 24 there and 25 here") == true,
      "\(outcome.errors)")
    #expect(folder.names == ["c", "data.csv"] && folder.read("c") == bytes)
  }

  private func scores<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>, _ old: Case)
    throws
    -> [[Double]]
  {
    let table = try CSV.read(Input("\(Self.folder)/\(old.data)"), DataOptions(), as: Element.self)
    var features = [Element](repeating: 0, count: table.rows * table.columns)
    var span = features.mutableSpan
    table.features.read(0..<table.rows, into: &span)
    let scores = model.scores(Matrix(rows: table.rows, columns: table.columns, elements: features))
    return (0..<scores.rows).map { scores[row: $0].map { Double($0) } }
  }

  private func centred(_ row: [Double]) -> [Double] {
    row.map { $0 - row.reduce(0, +) / Double(row.count) }
  }

  private func check(_ found: [[Double]], _ old: Case, tolerance: Double) throws {
    try check(found, against: old.scores, tolerance: tolerance)
  }

  private func check(_ found: [[Double]], against old: [[Double]], tolerance: Double) throws {
    try #require(found.count == 24 && found.count == old.count)
    let scale = old.joined().map(abs).max()!
    for (found, expected) in zip(found, old) {
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) { #expect(abs(a - b) <= tolerance * scale, "\(a), and \(b) then") }
    }
  }
}
