import Descent
import DescentPictures
import LinearAlgebra

/// Rows that were taken for another class, of each of the commonest mistakes: as images where features are pixels, else with
/// what spoke for the answer.
struct MistakenRows<Element: KernelScalar & StoredNumber> {
  private let rows: Dataset
  /// Which they are of the rows that were read; nil for all of them.
  private let numbers: [Int]?
  private let model: TrainedModel<Element>
  /// Of classes and features, as a page has room for.
  private let classNames, featureNames: [String]
  private static var nameColumns: Int { 28 }

  init(_ rows: Dataset, _ numbers: [Int]?, _ model: TrainedModel<Element>) {
    (self.rows, self.numbers, self.model) = (rows, numbers, model)
    classNames = ShortNames(model.classNames, columns: Self.nameColumns).texts
    featureNames = model.allFeatureNames
  }

  func blocks(of pairs: [(actual: Int, answer: Int)]) -> [Report.Block] {
    guard case .labels(let labels) = rows.targets, !pairs.isEmpty, rows.offsets == nil else { return [] }
    let answers = model.classIndices(rows.features)
    let most = model.namedShape == nil && model.classNames.count == 2 ? 3 : 1
    let found = pairs.flatMap { pair in
      zip(labels, answers).enumerated().lazy
        .filter { Int($0.element.0) == pair.actual && $0.element.1 == pair.answer }
        .prefix(most).map { Mistake(row: $0.offset, actual: pair.actual, answer: pair.answer) }
    }
    guard let shape = model.namedShape else { return [.heading("Rows that were mistaken"), table(found)] }
    return [
      .heading("Rows that were mistaken"),
      .gallery(
        found.map { mistake in
          (
            image(mistake.row, shape),
            "row \(number(mistake.row)): '\(classNames[mistake.actual])' taken for '\(classNames[mistake.answer])'"
          )
        }),
    ]
  }

  /// A row's among those that were read, from 1.
  private func number(_ row: Int) -> Int { (numbers?[row] ?? row) + 1 }

  private struct Mistake {
    let row, actual, answer: Int
  }

  private func numbers(_ row: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: rows.columns)
    var span = numbers.mutableSpan
    rows.features.read(row..<row + 1, into: &span)
    return numbers
  }

  /// A row's pixels, from black for the least to white for the greatest number of the row.
  private func image(_ row: Int, _ shape: ImageShape) -> [UInt8] {
    let numbers = numbers(row)
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    // Of halves, whose differences are numbers still.
    let bytes = numbers.map {
      UInt8(high > low ? 255 * min(1, ($0 / 2 - low / 2) / (high / 2 - low / 2)) : 0)
    }
    let pixels = (0..<shape.height * shape.width).flatMap { pixel in
      (0..<3).map { bytes[shape.feature(pixel: pixel, channel: min($0, shape.channels - 1))] }
    }
    return PNG.encode(rgb: pixels, width: shape.width, height: shape.height)
  }

  private func table(_ mistakes: [Mistake]) -> Report.Block {
    let means = means
    let rows = mistakes.map { mistake in
      let numbers = numbers(mistake.row)
      let scores = model.scores(
        Matrix(rows: 1, columns: numbers.count, elements: numbers.map { Element($0) }))
      let probability = model.probabilities(scores).map { percent(Double($0[0, mistake.answer])) } ?? "–"
      return [
        "\(number(mistake.row))", classNames[mistake.actual], classNames[mistake.answer], probability,
        reasons(mistake, numbers, means),
      ]
    }
    return .table(
      Report.Table(
        "The rows' numbers count from 1, in the order in which they were read",
        header: [
          "row", "actual", "answer", "probability of the answer",
          "what spoke for it most, beside the mean row",
        ],
        rows: rows))
  }

  /// The three features that moved a row's scores most towards the answer and away from the actual class, measured from the
  /// mean row.
  private func reasons(_ mistake: Mistake, _ numbers: [Double], _ means: [Double]) -> String {
    guard let weights = model.templates else { return "–" }
    func weight(_ c: Int, _ j: Int) -> Double {
      guard weights.rows == 1 else { return Double(weights[c, j]) }
      return c == 1 ? Double(weights[0, j]) : 0
    }
    let shares = numbers.indices.map { j in
      (weight(mistake.answer, j) - weight(mistake.actual, j)) * (numbers[j] - means[j])
    }
    let largest = shares.indices.filter { shares[$0] > 0 }.sorted { (shares[$1], $0) < (shares[$0], $1) }
    let first = Array(largest.prefix(3))
    let names = ShortNames(first.map { featureNames[$0] }, columns: Self.nameColumns).texts
    return zip(names, first).map { "\($0) \(format(numbers[$1], 4))" }.joined(separator: ", ")
  }

  /// Of the first rows, as many as tell enough; 0 where features are so many that most are 0.
  private var means: [Double] {
    var sums = [Double](repeating: 0, count: rows.columns)
    let count = min(rows.rows, 1000)
    guard rows.columns <= 10_000, count > 0 else { return sums }
    for row in 0..<count {
      for (j, number) in numbers(row).enumerated() { sums[j] += number / Double(count) }
    }
    return sums
  }
}
