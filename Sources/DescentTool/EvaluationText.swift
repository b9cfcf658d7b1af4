import Descent
import Foundation

/// An evaluation as people read it.
struct EvaluationText {
  private let evaluation: Evaluation
  private let lossName: String
  /// Above so many classes a confusion matrix is wider than a screen: the worst confusions are listed instead.
  private static let mostColumns = 16

  init(_ evaluation: Evaluation, lossName: String) {
    (self.evaluation, self.lossName) = (evaluation, lossName)
  }

  var text: String {
    var lines = ["rows       \(evaluation.rows)"]
    if let accuracy = evaluation.accuracy { lines.append("accuracy   \(percent(accuracy))") }
    lines.append("loss       \(format(evaluation.loss, 6)) (mean \(lossName) loss, without penalty)")
    if let rmse = evaluation.rmse { lines.append("rmse       \(format(rmse, 6))") }
    if evaluation.rmse != nil { lines.append("R²         \(evaluation.r2.map { format($0, 6) } ?? "–")") }
    if let confusion = evaluation.confusion {
      lines.append("")
      lines += confusion.classNames.count <= Self.mostColumns ? matrix(confusion) : worst(confusion)
      lines.append("")
      lines += classes(confusion)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func matrix(_ confusion: Confusion) -> [String] {
    let names = confusion.classNames.map { shortened($0, to: 12) }
    let header = ["class"] + names
    let rows = zip(names, confusion.counts).map { name, counts in
      [name] + counts.map { $0 == 0 ? "·" : "\($0)" }
    }
    return ["confusion: a row for each actual class, a column for each predicted one"]
      + aligned([header] + rows)
  }

  private func worst(_ confusion: Confusion) -> [String] {
    let names = confusion.classNames
    let pairs = names.indices.flatMap { (actual: Int) -> [(Int, Int)] in
      names.indices.filter { $0 != actual && confusion.counts[actual][$0] > 0 }.map { (actual, $0) }
    }.sorted { (a: (Int, Int), b: (Int, Int)) in confusion.counts[a.0][a.1] > confusion.counts[b.0][b.1] }
    let rows = pairs.prefix(10).map { actual, predicted in
      [
        shortened(names[actual], to: 24), shortened(names[predicted], to: 24),
        "\(confusion.counts[actual][predicted])",
      ]
    }
    return ["the most frequent confusions"] + aligned([["actual", "predicted", "rows"]] + rows)
  }

  private func classes(_ confusion: Confusion) -> [String] {
    let rows = confusion.classNames.indices.map { c in
      [
        shortened(confusion.classNames[c], to: 24), percent(confusion.precision(c)),
        percent(confusion.recall(c)),
        percent(confusion.f1(c)), "\(confusion.counts[c].reduce(0, +))",
      ]
    }
    return aligned([["class", "precision", "recall", "f1", "rows"]] + rows)
  }
}

/// Rows of cells, the first column to the left, the others to the right.
func aligned(_ rows: [[String]]) -> [String] {
  guard let columns = rows.first?.count else { return [] }
  let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return column == 0 ? cell + padding : padding + cell
    }.joined(separator: "  ")
  }
}

/// A name that fits, on one line.
func shortened(_ name: String, to length: Int) -> String {
  let line = String(name.map { $0.isNewline ? " " : $0 })
  return line.count <= length ? line : line.prefix(length - 1) + "…"
}
