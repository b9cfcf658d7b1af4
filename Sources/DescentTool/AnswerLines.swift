import Descent
import DescentFiles
import LinearAlgebra

/// The answers to rows as lines of a table: what is kept of the row, and what the model says of it.
struct AnswerLines<Element: KernelScalar> {
  private let model: TrainedModel<Element>
  private let options: AnswerOptions
  private let keptNames: [String]
  /// The classes' names as fields.
  private let names: [[UInt8]]
  private var text: [UInt8] = []

  init(_ model: TrainedModel<Element>, _ options: AnswerOptions, keptNames: [String]) {
    (self.model, self.options, self.keptNames) = (model, options, keptNames)
    names = model.classNames.map { Array(CSVText.field($0).utf8) }
  }

  private var givesProbabilities: Bool { !options.scores && model.givesProbabilities }

  /// The columns' names. One of an answer that a kept column has too is said to be predicted.
  var header: String {
    var taken = Set(keptNames)
    let answers = answerNames.map { name in
      var name = name
      while !taken.insert(name).inserted { name = "predicted_" + name }
      return name
    }
    return CSVText.line((keptNames + answers).map { CSVText.field($0) })
  }

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
      if !keptNames.isEmpty { for cell in kept[row] { add(CSVText.field(cell).utf8) } }
      if isRanked {
        addRanked(scores[row: row], probabilities?[row: row])
      } else {
        if !names.isEmpty { add(names[decided[row]]) }
        if let numbers { for number in numbers[row: row] { add(digits(number).utf8) } }
      }
      text[text.count - 1] = UInt8(ascii: "\n")
    }
    return text
  }

  /// A field, and what separates it from the next.
  private mutating func add(_ field: some Sequence<UInt8>) {
    text.append(contentsOf: field)
    text.append(UInt8(ascii: ","))
  }

  /// The shortest that is read as the number again.
  private func digits(_ number: Element) -> String {
    Element.self == Float.self ? Float(number).description : Double(number).description
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
