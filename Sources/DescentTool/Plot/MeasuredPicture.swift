import Descent
import DescentPictures
import LinearAlgebra

/// A picture of how good a model is by some rows.
enum MeasuredPicture: String {
  case roc, precision, thresholds, reliability, predictions, residuals, confusion

  /// For help.
  var abstract: String {
    switch self {
    case .roc: "Draw what a model of two classes finds against what it takes wrongly."
    case .precision: "Draw a model's precision against its recall, of two classes."
    case .thresholds: "Draw what a threshold does to the answers of a model of two classes."
    case .predictions: "Draw what came where a model of numbers predicted this."
    case .reliability: "Draw whether a model's probabilities come true."
    case .residuals: "Draw where a model of numbers errs, by its prediction."
    case .confusion: "Draw which class a model takes for which."
    }
  }

  /// Why the rows leave nothing to draw of a model that has the picture.
  var lacking: String {
    switch self {
    case .roc, .precision, .thresholds: "its rows are of one class; the picture needs some of both"
    case .reliability, .predictions, .residuals, .confusion:
      "its rows leave nothing to draw; 'descent evaluate' tells what there is of them"
    }
  }

  /// More classes cannot be read.
  private static var mostClasses: Int { 40 }

  /// What suits classes, many or few.
  private static func other(_ classes: Int) -> String {
    classes == 2
      ? "'descent plot roc'" : classes > mostClasses ? "'descent report'" : "'descent plot confusion'"
  }

  /// Why there is none of such a model, and which there is; nil where there is one.
  func refusal<Element>(of model: TrainedModel<Element>) -> String? {
    let classes = model.classNames.count
    switch self {
    case .predictions where classes == 0, .residuals where classes == 0: return nil
    case .predictions, .residuals:
      return
        "it tells classes, and the picture is of numbers; \(Self.other(classes)) suits it"
    case .confusion where classes > Self.mostClasses:
      return
        "it tells \(classes) classes, and the picture has room for \(Self.mostClasses); 'descent evaluate' lists the most frequent confusions"
    case _ where classes == 0: return "it tells numbers; 'descent plot residuals' draws where it errs"
    case .roc, .precision, .thresholds:
      return classes == 2
        ? nil
        : "it tells \(classes) classes, and the picture is of two; \(Self.other(classes)) shows which is taken for which"
    case .confusion: return nil
    case .reliability:
      return model.givesProbabilities
        ? nil
        : "the loss '\(model.lossName)' gives no probabilities; train with --calibrate sigmoid"
    }
  }

  /// Nil where the rows leave nothing to draw.
  func drawn<Element: KernelScalar & StoredNumber>(
    _ measures: Measures, _ rows: Dataset, _ model: TrainedModel<Element>
  ) -> DrawnPicture? {
    if self == .confusion { return measures.evaluation.confusion.map { DrawnPicture($0) } }
    let ranking = measures.ranking.map { RankingBlocks($0, positive: measures.model.classNames[1]) }
    let chart: LineChart? =
      switch self {
      case .roc: ranking.flatMap { $0.hasBothClasses ? $0.roc : nil }
      case .precision: ranking.flatMap { $0.hasBothClasses ? $0.precision : nil }
      case .thresholds: ranking.flatMap { $0.hasBothClasses ? $0.thresholds : nil }
      case .reliability: ranking == nil ? SureAnswers(rows, model).chart : ranking?.reliability
      case .predictions: measures.residuals.map { ResidualBlocks($0).targets }
      case .residuals: measures.residuals.map { ResidualBlocks($0).bias }
      case .confusion: nil
      }
    return chart.map { DrawnPicture($0) }
  }
}

/// A picture, and what programs are told of it.
struct DrawnPicture {
  let svg: String
  let facts: [String: JSONValue]

  init(_ chart: LineChart) { (svg, facts) = (chart.file(), chart.facts) }

  init(_ confusion: Confusion) {
    let names = confusion.classNames
    svg =
      MatrixPicture(
        names: names,
        texts: names.indices.map { a in names.indices.map { confusion.text(a, $0) } },
        shares: names.indices.map { a in names.indices.map { confusion.share(a, $0) } }
      ).svg()
    let rows = names.indices.map { a in
      JSONValue.list(names.indices.map { .number(confusion.sum(a, $0)) })
    }
    facts = ["classes": .list(names.map { .text($0) }), "confusion": .list(rows)]
  }
}
