import Descent
import DescentPictures
import Foundation

/// An evaluation as people read it.
struct EvaluationText {
  let measures: Measures
  /// Above so many classes a confusion matrix is wider than a screen: the worst confusions are listed instead, and of the
  /// classes the worst ten.
  private static let mostColumns = 16

  init(_ measures: Measures) { self.measures = measures }

  var text: String {
    let evaluation = measures.evaluation
    var parts = [head, metrics]
    if let ranking = measures.ranking { parts += [thresholds(ranking), reliability(ranking)] }
    if let residuals = measures.residuals { parts += [bias(residuals), quantiles(residuals)] }
    if let confusion = evaluation.confusion {
      let isSmall = confusion.classNames.count <= Self.mostColumns
      parts +=
        isSmall
        ? [matrix(confusion), classes(confusion, Array(confusion.classNames.indices))]
        : [worst(confusion), ["the worst ten classes"] + classes(confusion, confusion.worstClasses(10))]
    }
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var head: [String] {
    let evaluation = measures.evaluation
    let weight = evaluation.weight.map {
      ", with weights of \(format($0, 6)) together, which all below counts by"
    }
    var lines = [
      (name: "rows", text: "\(evaluation.rows)\(weight ?? "")"),
      ("loss", "\(format(evaluation.loss, 6)) (mean \(measures.model.lossName) loss, without penalty)"),
    ]
    if let best = evaluation.mostFrequentClass {
      let name = shortened(best, of: measures.model.classNames, to: 24)
      lines.append(("baseline", "always '\(name)', the most frequent class of these rows"))
    } else if !measures.baseline.isEmpty {
      lines.append(("baseline", "always \(evaluation.constantAnswer) of these rows"))
    }
    return labelled(lines, least: 9)
  }

  private var metrics: [String] {
    let isOfTwo = measures.ranking != nil
    let shown = Metric.allCases.filter { measures.metrics[$0] != nil && !(isOfTwo && $0.isAverage) }
    guard !shown.isEmpty else { return [] }
    let header = ["", "model", "baseline"] + (measures.intervals.isEmpty ? [] : ["95 % from", "to"])
    return aligned(
      [header]
        + shown.map { metric in
          let range = measures.intervals[metric]
          return [
            metric.title, metric.text(measures.metrics[metric]), metric.text(measures.baseline[metric]),
          ]
            + (measures.intervals.isEmpty
              ? [] : [metric.text(range?.lowerBound), metric.text(range?.upperBound)])
        })
  }

  private func matrix(_ confusion: Confusion) -> [String] {
    let names = ShortNames(confusion.classNames, columns: 12).texts
    let header = ["class"] + names
    let rows = names.indices.map { c in
      [names[c]] + names.indices.map { confusion.counts[c][$0] == 0 ? "·" : confusion.text(c, $0) }
    }
    return ["confusion: a row for each actual class, a column for each predicted one"]
      + aligned([header] + rows)
  }

  private func worst(_ confusion: Confusion) -> [String] {
    let names = ShortNames(confusion.classNames, columns: 24).texts
    let rows = confusion.mistakes.prefix(10).map { actual, predicted in
      [names[actual], names[predicted], confusion.text(actual, predicted)]
    }
    return ["the most frequent confusions"] + aligned([["actual", "predicted", "rows"]] + rows)
  }

  private func classes(_ confusion: Confusion, _ shown: [Int]) -> [String] {
    let names = ShortNames(confusion.classNames, columns: 24).texts
    let rows = shown.map { c in
      [
        names[c], percent(confusion.precision(c)),
        percent(confusion.recall(c)),
        percent(confusion.f1(c)), "\(confusion.counts[c].reduce(0, +))",
      ]
    }
    return aligned([["class", "precision", "recall", "f1", "rows"]] + rows)
  }
}
