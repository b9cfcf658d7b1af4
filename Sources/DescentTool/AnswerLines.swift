import Descent
import DescentFiles
import LinearAlgebra

/// The answers to rows as lines, of a table or each one JSON object by the names of the table's columns: what is kept of the row,
/// and what the model says of it.
struct AnswerLines<Element: KernelScalar> {
  private let model: TrainedModel<Element>
  private let options: AnswerOptions
  private let keptNames: [String]
  /// The classes' names as fields.
  private let names: [[UInt8]]
  /// What stands before each field of a line, and at its end.
  private var beginnings: [[UInt8]] = []
  private let end: [UInt8]
  private var text: [UInt8] = []
  private var column = 0

  init(_ model: TrainedModel<Element>, _ options: AnswerOptions, keptNames: [String]) {
    (self.model, self.options, self.keptNames) = (model, options, keptNames)
    let isJSON = options.json
    names = model.classNames.map { Array((isJSON ? JSONText.string($0) : CSVText.field($0)).utf8) }
    end = Array((isJSON ? "}\n" : "\n").utf8)
    beginnings = columns.enumerated().map { number, name in
      let separator = number > 0 ? "," : isJSON ? "{" : ""
      return Array((isJSON ? separator + JSONText.string(name) + ":" : separator).utf8)
    }
  }

  private var givesProbabilities: Bool { !options.scores && model.givesProbabilities }

  /// The columns' names. One of an answer that a kept column has too is said to be predicted.
  var columns: [String] {
    var taken = Set(keptNames)
    return keptNames
      + answerNames.map { name in
        var name = name
        while !taken.insert(name).inserted { name = "predicted_" + name }
        return name
      }
  }

  /// The first line of a table.
  var header: String { CSVText.line(columns.map { CSVText.field($0) }) }

  private var answerNames: [String] {
    let outputs = model.architecture.outputs
    guard !names.isEmpty else {
      return outputs == 1
        ? [model.columns.label?.name ?? "prediction"] : (1...outputs).map { "prediction_\($0)" }
    }
    if let top = options.top {
      let number = givesProbabilities ? "p" : "score"
      return (1...top).flatMap { ["class_\($0)", "\(number)_\($0)"] }
    }
    if options.probabilities { return ["class"] + model.classNames.map { "p_\($0)" } }
    return ["class"] + (options.scores ? model.outputNames.map { "score_\($0)" } : [])
  }

  /// The lines of a block of rows, from their scores `[rows, outputs]` and the cells that are kept.
  mutating func lines(_ scores: Matrix<Element>, kept: [[String]]) -> [UInt8] {
    text.removeAll(keepingCapacity: true)
    let isRanked = options.top != nil
    let probabilities =
      options.probabilities || isRanked || options.threshold != nil
      ? model.probabilities(scores) : nil
    let decided = names.isEmpty || isRanked ? [] : decide(scores, probabilities)
    let numbers: Matrix<Element>? =
      options.scores
      ? scores : names.isEmpty ? model.numbers(scores) : options.probabilities ? probabilities : nil
    for row in 0..<scores.rows {
      column = 0
      if !keptNames.isEmpty { for cell in kept[row] { add(field(cell).utf8) } }
      if isRanked {
        addRanked(scores[row: row], probabilities?[row: row])
      } else {
        if !names.isEmpty { add(names[decided[row]]) }
        if let numbers { for number in numbers[row: row] { add(digits(number).utf8) } }
      }
      text += end
    }
    return text
  }

  /// A field, and what separates it from the one before.
  private mutating func add(_ field: some Sequence<UInt8>) {
    text += beginnings[column]
    text.append(contentsOf: field)
    column += 1
  }

  private func field(_ text: String) -> String {
    options.json ? JSONText.string(text) : CSVText.field(text)
  }

  /// The shortest that is read as the number again. JSON has none that is not finite.
  private func digits(_ number: Element) -> String {
    let text = Element.self == Float.self ? Float(number).description : Double(number).description
    return options.json && !number.isFinite ? JSONText.string(text) : text
  }

  /// The number of each row's class.
  private func decide(_ scores: Matrix<Element>, _ probabilities: Matrix<Element>?) -> [Int] {
    guard let threshold = options.threshold else { return model.decide(scores) }
    // In the precision in which probabilities are printed: what is copied from there parts the rows there.
    let least = Element(threshold)
    return (0..<scores.rows).map { row in
      let isSecond =
        probabilities.map { $0[row, 1] >= least }
        ?? (Double(scores[row, 1]) - Double(scores[row, 0]) >= threshold)
      return isSecond ? 1 : 0
    }
  }

  /// The best classes, each with its probability, or its score; of equals the first one first.
  private mutating func addRanked(_ scores: ArraySlice<Element>, _ probabilities: ArraySlice<Element>?) {
    let probabilities = probabilities.map(Array.init)
    // Scores tell apart what is rounded to the same probability.
    let values = scores.count == names.count ? Array(scores) : [0, scores.first!]
    let shown = givesProbabilities ? probabilities ?? values : values
    let ranks = model.calibration == nil ? values : probabilities ?? values
    let order = values.indices.sorted { (ranks[$1], $0) < (ranks[$0], $1) }
    for c in order.prefix(options.top!) {
      add(names[c])
      add(digits(shown[c]).utf8)
    }
  }
}
