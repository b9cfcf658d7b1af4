import Descent
import DescentPictures
import LinearAlgebra

/// How sure a model of several classes is of its answers, and whether it is right as often as that.
struct SureAnswers<Element: KernelScalar & StoredNumber> {
  private let rows: Dataset
  private let model: TrainedModel<Element>
  private static var thresholds: [Double] { [0, 0.5, 0.7, 0.9, 0.95, 0.99] }

  init(_ rows: Dataset, _ model: TrainedModel<Element>) { (self.rows, self.model) = (rows, model) }

  /// None where there are no probabilities.
  var blocks: [Report.Block] {
    guard let sure = sure() else { return [] }
    let (answered, right) = (sure.answered, sure.right)
    let table = Self.thresholds.indices.map { i in
      [
        format(Self.thresholds[i], 3), percent(answered[0] > 0 ? answered[i] / answered[0] : nil),
        percent(answered[i] > 0 ? right[i] / answered[i] : nil),
      ]
    }
    return [
      .heading("Whether it is right as often as it is sure"), .charts([Self.chart(sure.reliability)]),
      .table(
        Report.Table(
          "If it were to answer only where it is so sure, and leave the others to a person",
          header: ["probability from", "answered", "right of these"], rows: table)),
    ]
  }

  var chart: LineChart? { sure().map { Self.chart($0.reliability) } }

  private static func chart(_ reliability: Reliability) -> LineChart {
    let points = reliability.bins.compactMap { bin in
      bin.meanProbability.flatMap { p in bin.frequency.map { (x: p, y: $0) } }
    }
    return LineChart(
      "How often the answer was right, by the probability that the model gave it", x: "probability",
      y: "share that was right",
      lines: [LineChart.Line("model", points), LineChart.Line("as foretold", [(0, 0), (1, 1)])],
      yRange: 0...1)
  }

  /// Nil where there are no probabilities of several classes. By threshold, the weight of the rows answered, and of those right.
  private func sure() -> (reliability: Reliability, answered: [Double], right: [Double])? {
    guard model.givesProbabilities, model.classNames.count > 2, rows.offsets == nil,
      case .labels(let labels) = rows.targets
    else { return nil }
    var reliability = Reliability(bins: 10)
    var (answered, right) = (Self.thresholds.map { _ in 0.0 }, Self.thresholds.map { _ in 0.0 })
    forEachAnswer { row, answer, probability in
      let weight = rows.weights?[row] ?? 1
      guard weight > 0 else { return }
      let isRight = answer == Int(labels[labels.startIndex + row])
      reliability.count(probability: probability, isPositive: isRight, weight: weight)
      for (i, threshold) in Self.thresholds.enumerated() where probability >= threshold {
        answered[i] += weight
        if isRight { right[i] += weight }
      }
    }
    return (reliability, answered, right)
  }

  private func forEachAnswer(_ body: (_ row: Int, _ answer: Int, _ probability: Double) -> Void) {
    for start in stride(from: 0, to: rows.rows, by: 512) {
      let range = start..<min(start + 512, rows.rows)
      var numbers = [Element](repeating: 0, count: range.count * rows.columns)
      var span = numbers.mutableSpan
      rows.features.read(range, into: &span)
      let scores = model.scores(Matrix(rows: range.count, columns: rows.columns, elements: numbers))
      guard let probabilities = model.probabilities(scores) else { return }
      for (i, answer) in model.decide(scores).enumerated() {
        let p = Double(probabilities[i, answer])
        if p.isFinite { body(start + i, answer, min(max(p, 0), 1)) }
      }
    }
  }
}
