import Descent
import DescentFiles
import DescentPictures
import Foundation

/// A comparison as people and programs read it.
struct ComparisonAnswer {
  let comparison: ModelComparison
  let models: [String]
  let rows: Int
  private let weight: Double?
  let seed: UInt64

  init(_ comparison: ModelComparison, models: [String], rows: Int, weight: Double?, seed: UInt64) {
    (self.comparison, self.models, self.rows) = (comparison, models, rows)
    (self.weight, self.seed) = (weight, seed)
  }

  var level: String { "\(format(100 * comparison.bootstrap.level, 4)) %" }

  var text: String {
    let counted = weight.map { ", with weights of \(format($0, 6)) together" } ?? ""
    let head = labelled([
      ("rows", "\(rows)\(counted)"),
      (
        "intervals",
        "\(level), by \(comparison.bootstrap.replicates) resamples of the rows, the same for all models"
      ),
    ])
    let parts = [head, values] + models.indices.dropFirst().map(differences)
    return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  var shown: [Metric] {
    let isOfTwo = comparison.metrics[0][.precision] != nil || comparison.metrics[0][.rocAUC] != nil
    return Metric.allCases.filter { metric in
      comparison.metrics.contains { $0[metric] != nil } && !(isOfTwo && metric.isAverage)
    }
  }

  private func name(_ model: Int) -> String { ShortNames(models, columns: 32).texts[model] }

  private var values: [String] {
    aligned(
      [[""] + models.indices.map(name)]
        + shown.map { metric in [metric.title] + comparison.metrics.map { metric.text($0[metric]) } })
  }

  private func differences(_ model: Int) -> [String] {
    let against = comparison.others[model - 1]
    let rows = shown.compactMap { metric in
      against.differences[metric].map {
        [
          metric.title, metric.text($0.value), metric.text($0.interval?.lowerBound),
          metric.text($0.interval?.upperBound),
        ]
      }
    }
    var lines =
      ["\(name(model)) less \(name(0))"] + aligned([["", "difference", "\(level) from", "to"]] + rows)
    if let test = against.mcNemar {
      lines.append(
        "right alone: \(name(0)) on \(counted(test.firstAlone, "row")), \(name(model)) on \(counted(test.thisAlone, "row")); P by chance \(format(test.pValue, 3)) (McNemar)"
      )
    }
    return lines
  }
}

extension ComparisonAnswer {
  var object: JSONValue {
    .object([
      "rows": .count(rows), "weight": .number(weight), "level": .number(comparison.bootstrap.level),
      "replicates": .count(comparison.bootstrap.replicates), "seed": .text("\(seed)"),
      "models": .list(models.indices.map(object)),
    ])
  }

  private func object(_ model: Int) -> JSONValue {
    let against = model == 0 ? nil : comparison.others[model - 1]
    return .object([
      "model": .text(models[model]), "metrics": each { .number(comparison.metrics[model][$0]) },
      "differences": against.map { against in
        each { metric in
          against.differences[metric].map {
            .object([
              "value": .number($0.value), "lower": .number($0.interval?.lowerBound),
              "upper": .number($0.interval?.upperBound),
            ])
          } ?? .null
        }
      } ?? .null,
      "mcnemar": against?.mcNemar.map {
        .object([
          "first_alone": .count($0.firstAlone), "this_alone": .count($0.thisAlone), "p": .number($0.pValue),
        ])
      } ?? .null,
    ])
  }

  private func each(_ value: (Metric) -> JSONValue) -> JSONValue {
    .object(Dictionary(uniqueKeysWithValues: Metric.allCases.map { ($0.rawValue, value($0)) }))
  }
}
