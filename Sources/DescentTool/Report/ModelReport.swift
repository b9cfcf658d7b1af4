import Descent
import DescentFiles
import DescentPictures
import Foundation
import LinearAlgebra

/// What a report tells of a model and of the rows that it was measured by.
struct ModelReport<Element: KernelScalar & StoredNumber> {
  let model: TrainedModel<Element>
  /// The model's file.
  let name: String
  let measures: Measures
  /// As in "359 rows held out of digits.csv".
  let rowsName: String
  /// Those that were measured by.
  let rows: Dataset
  /// Which they are of the rows that were read; nil for all of them.
  var rowNumbers: [Int]?
  /// What is to be known of them.
  var caution: String?
  /// What only the training itself can tell.
  var training: TrainingAccount?

  var page: Report {
    Report(
      name, subtitle: subtitle, highlights: highlights,
      sections: [origin, objective] + [training?.choice, training?.section].compactMap(\.self)
        + [quality, weights, again])
  }

  private var origin: Report.Section {
    let (columns, origin) = (model.columns, model.provenance)
    var facts: [(name: String, value: String)] = [
      ("model", model.shape)
    ]
    if let data = origin.data {
      facts.append(("trained on", "\(data)\(origin.dataRows.map { ", \($0) rows read" } ?? "")"))
    }
    if let label = columns.label?.name { facts.append(("what is told", "'\(label)'")) }
    if !columns.classNames.isEmpty {
      let names = columns.classNames.prefix(30).map { "'\($0)'" }.joined(separator: ", ")
      facts.append(
        ("classes", "\(columns.classNames.count): \(names)\(columns.classNames.count > 30 ? ", …" : "")"))
    }
    if let ignored = columns.others.all.compactMap(\.name).nonEmpty {
      facts.append(("columns that are no features", ignored.joined(separator: ", ")))
    }
    facts.append(("measured by", rowsName))
    var blocks: [Report.Block] = [.facts(facts)]
    if let caution { blocks.append(.text(caution)) }
    if let findings = training?.findings, !findings.isEmpty {
      let rows = findings.map {
        [
          $0.name, $0.verdict.rawValue,
          $0.sentence + ($0.remedy.map { " → \($0.text(naming: Usage.option))" } ?? ""),
        ]
      }
      blocks.append(
        .table(
          Report.Table(
            "What was seen before the training", header: ["", "verdict", "what was found"], rows: rows)))
    }
    return Report.Section("What was trained, on what", blocks)
  }

  private var objective: Report.Section {
    let origin = model.provenance
    var blocks: [Report.Block] = [.code(ObjectiveText(of: model).text), .text(proof)]
    var facts: [(name: String, value: String)] = []
    if let value = origin.objective { facts.append(("objective", format(value, 7))) }
    if let value = origin.trainingLoss {
      facts.append(("mean loss over the rows trained on", format(value, 7)))
    }
    if let value = origin.gap { facts.append(("proved gap", format(value, 3))) }
    if let solver = origin.solver { facts.append(("solver", solver.name)) }
    if let scaling { facts.append(("scaling of the features", scaling)) }
    blocks.append(.facts(facts))
    return Report.Section("The objective, and the proof", blocks)
  }

  /// What was chosen, and what it came to where the page is the training's own.
  private var scaling: String? {
    guard let chosen = model.provenance.scaling,
      let choice = try? ScalingChoice.named(chosen.name, chosen.settings)
    else { return nil }
    guard training != nil else { return chosen.name }
    if !model.featureScales.isEmpty {
      let hasIntercept = (model.architecture as? LinearModel)?.hasIntercept ?? true
      let isShifted = hasIntercept && !(rows.features is SparseStorage)
      let unit = hasIntercept ? "σ" : "root mean square"
      return "\(chosen.name): each "
        + (isShifted ? "is brought to mean 0 and σ 1" : "is divided by its \(unit)")
    }
    switch choice.settled(for: rows.features) {
    case .factor(let factor): return "\(chosen.name): each is multiplied by \(format(factor, 4))"
    case .none: return "\(chosen.name): they are learnt from as they are"
    case .standard, .automatic: return chosen.name
    }
  }

  private var proof: String {
    let origin = model.provenance
    guard let gap = origin.gap, let objective = origin.objective else {
      return
        "How far this model is from the best of its kind is not proved\(model.architecture is LinearModel ? "." : ": a network's objective is not convex.")"
    }
    let share = objective == 0 ? "" : ", \(format(100 * gap / abs(objective), 2)) % of it"
    return
      "No weights whatever have an objective smaller than this model's by more than \(format(gap, 3))\(share): that is proved, by duality, from the model as it is written."
      + (origin.isCertified == false ? " It is more than the training was asked for." : "")
  }

  private var quality: Report.Section {
    Report.Section(
      "How good it is", QualityBlocks(measures, rows: rows, numbers: rowNumbers, model: model).blocks)
  }

  private var weights: Report.Section {
    Report.Section("What it looks at", WeightBlocks(model).blocks)
  }

  private var again: Report.Section {
    let origin = model.provenance
    var facts = ModelFile.notes(of: model).filter {
      !["classes", "features", "command", "table"].contains($0.name)
    }
    .map { (name: $0.name, value: shortened($0.text, to: 200)) }
    facts.append(("report made by", "descent \(Provenance.currentVersion)"))
    facts.append(("machine", training?.machine ?? "of the report: \(Machine.description)"))
    var blocks: [Report.Block] = []
    if let command = training?.command ?? origin.command { blocks.append(.code(command)) }
    if training == nil {
      blocks += [.text("And this page:"), .code(CommandText.all(Array(CommandLine.arguments.dropFirst())))]
    }
    if let options = training?.options.nonEmpty { blocks.append(.folded("all options", [.facts(options)])) }
    return Report.Section(
      "How to make it again", blocks + [.folded("all that the model's file says of itself", [.facts(facts)])])
  }

  private var subtitle: String {
    let kind = model.architecture is LinearModel ? "A linear model" : "A network"
    let what = model.classNames.isEmpty ? "of numbers" : "of \(model.classNames.count) classes"
    return
      "\(kind) \(what), \(model.lossName) loss\(model.provenance.data.map { ", trained on \($0)" } ?? "")"
  }

  private var highlights: [Report.Highlight] {
    var result: [Report.Highlight] = []
    let (metrics, baseline) = (measures.metrics, measures.baseline)
    for metric in [Metric.rocAUC, .accuracy, .r2, .rootMeanSquaredError]
    where metrics[metric] != nil && result.count < 2 {
      let beside = baseline[metric].map { "; without features \(metric.text($0))" } ?? ""
      result.append(Report.Highlight(metric.text(metrics[metric]), "\(metric.title)\(beside)"))
    }
    if let gap = model.provenance.gap, let objective = model.provenance.objective, objective != 0 {
      result.append(
        Report.Highlight(
          "\(format(100 * gap / abs(objective), 2)) %",
          "proved distance of the objective from the best possible"))
    }
    result.append(Report.Highlight("\(measures.evaluation.rows)", "rows that it was measured by"))
    return result
  }
}

extension ModelReport {
  /// That rows are those that a model was trained on, by their hash, or by the name of their file and how many they are; nil where
  /// nothing speaks for it.
  ///
  /// - Parameters:
  ///   - count: how many of them are measured by, of a hold-out; nil for all.
  ///   - seed: that of the hold-out.
  static func caution(
    _ model: TrainedModel<Element>, _ rows: Dataset, _ path: String, heldOut count: Int?, seed: UInt64
  ) -> String? {
    let origin = model.provenance
    let isAlike = origin.data == path.fileName && origin.dataRows == rows.rows
    guard isAlike || origin.dataHash == rows.fingerprint else { return nil }
    if let count {
      guard origin.heldOutRows == count, origin.seed == seed else {
        return
          "the model held out other rows of these, or none, so that it was trained on some of those that are held out here: "
          + "new rows may tell of it worse; give the training's own --holdout options and --seed"
      }
      return model.calibration == nil
        ? nil : "the probabilities were calibrated by these rows: others may tell of them worse"
    }
    let heldOut =
      origin.command?.contains(" --holdout") == true
      ? "; the same --holdout options, and --seed, measure by those it held out" : ""
    return "these are the rows that the model's file names as those it was trained from\(heldOut): "
      + "new rows may tell of it worse"
  }
}

extension Collection {
  /// Nil where there is nothing in it.
  var nonEmpty: Self? { isEmpty ? nil : self }
}
