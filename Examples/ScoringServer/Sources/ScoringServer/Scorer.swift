import Descent
import DescentFiles
import LinearAlgebra

/// What the answers are made by: a model, and how rows with names become its features.
struct Scorer: Sendable {
  /// An answer to one row: the class with the probabilities of all, or the number.
  struct Answer: Encodable {
    var `class`: String?
    var probabilities: [String: Double]?
    var values: [Double]?
  }

  let name: String
  let inputs: Int
  private let answerRow: @Sendable (ScoreRequest.Row, Int) throws(BadRow) -> Answer

  /// - Throws: `FileError`, where the file is not a model; `UnservableModel`.
  init(path: String) throws {
    name = path
    switch try ModelFile.read(path) {
    case .float(let model): (inputs, answerRow) = (model.inputs, try Self.answers(model))
    case .double(let model): (inputs, answerRow) = (model.inputs, try Self.answers(model))
    }
  }

  func answers(_ rows: [ScoreRequest.Row]) throws(BadRow) -> [Answer] {
    var answers: [Answer] = []
    for (index, row) in rows.enumerated() { answers.append(try answerRow(row, index)) }
    return answers
  }

  private static func answers<Element: KernelScalar>(
    _ model: TrainedModel<Element>
  ) throws(UnservableModel) -> @Sendable (ScoreRequest.Row, Int) throws(BadRow) -> Answer {
    guard model.columns.others.offset == nil else {
      throw UnservableModel(reason: "its scores need an offset a row")
    }
    let encoder = try? RowEncoder(model.columns)
    return { (row: ScoreRequest.Row, index: Int) throws(BadRow) in
      let features: [Element] = try Self.features(row, index, model.inputs, encoder)
      let scores = Matrix(rows: 1, columns: model.architecture.outputs, elements: model.scores(features))
      guard scores.elements.allSatisfy(\.isFinite) else {
        throw BadRow(index, "its numbers are too large for a score")
      }
      guard !model.classNames.isEmpty else { return Answer(values: scores.elements.map { Double($0) }) }
      let probabilities = model.probabilities(scores).map { probabilities in
        Dictionary(zip(model.classNames, probabilities.elements.map { Double($0) })) { first, _ in first }
      }
      return Answer(class: model.classNames[model.decide(scores)[0]], probabilities: probabilities)
    }
  }

  private static func features<Element: KernelScalar>(
    _ row: ScoreRequest.Row, _ index: Int, _ inputs: Int, _ encoder: RowEncoder?
  ) throws(BadRow) -> [Element] {
    switch row {
    case .numbers(let numbers):
      guard numbers.count == inputs else {
        throw BadRow(index, "it has \(numbers.count) numbers, and the model takes \(inputs)")
      }
      return numbers.map { Element($0) }
    case .cells(let cells):
      guard let encoder else { throw BadRow(index, RowError.noNames.description) }
      do { return try encoder.encode(cells) } catch { throw BadRow(index, error.description) }
    }
  }
}

struct BadRow: Error {
  let description: String
  init(_ index: Int, _ problem: String) { description = "row \(index): \(problem)" }
}

struct UnservableModel: Error, CustomStringConvertible {
  let reason: String
  var description: String { "the model cannot be served: \(reason)" }
}
