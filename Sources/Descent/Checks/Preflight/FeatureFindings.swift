internal import Foundation
internal import LinearAlgebra

/// Checks of the features' scale, and of columns that say nothing.
struct FeatureFindings {
  let findings: [Finding]

  /// - Parameter whole: how many rows there are, of which `data` has some, or all.
  init(_ data: Dataset, _ scaling: Scaling, of whole: Int) {
    guard case .each(_, let factors) = Scaling.standard(of: data.features, weights: data.weights) else {
      findings = []
      return
    }
    let spreads = factors.indices.map { factors[$0] == 0 ? 0 : abs(scaling.factor($0)) / factors[$0] }
    findings = [Self.scale(spreads), Self.constants(factors, data, of: whole)]
  }

  /// The spread of features after scaling: steps of one size suit those of one spread.
  private static func scale(_ spreads: [Double]) -> Finding {
    let varying = spreads.filter { $0 > 0 }
    guard let least = varying.min(), let most = varying.max() else {
      return Finding(
        "feature scale", .warning, "no feature varies", remedy: "see whether the right columns were read")
    }
    let words = String(format: "scaled features spread from %.3g to %.3g (standard deviations)", least, most)
    if most > 100 || most < 0.01 || most > 1e4 * least {
      return Finding(
        "feature scale", .warning, words + ": one step size cannot suit them",
        remedy: "use \(.scaling) standard")
    }
    return Finding("feature scale", .good, words)
  }

  private static func constants(_ factors: [Double], _ data: Dataset, of whole: Int) -> Finding {
    let constant = factors.indices.filter { factors[$0] == 0 }
    guard !constant.isEmpty else { return Finding("constant features", .good, "every feature varies") }
    let names = constant.prefix(5).map {
      data.featureNames.isEmpty ? "number \($0 + 1)" : "'\(data.featureNames[$0])'"
    }
    let list = names.joined(separator: ", ") + (constant.count > names.count ? ", …" : "")
    let isImage = data.imageShape != nil
    return Finding(
      "constant features", isImage || constant.count == 0 ? .good : .note,
      "\(constant.count) of \(factors.count) features never change"
        + (data.rows < whole ? " in the \(data.rows) rows looked at" : "") + ": \(list)",
      remedy: isImage ? nil : "leave them out if they never do: they cannot help then")
  }
}

extension Preflight {
  /// Nil where the targets are numbers.
  func classBalance() -> Finding? {
    guard case .labels(let labels) = data.targets, data.classes >= 2 else { return nil }
    var counts = [Int](repeating: 0, count: data.classes)
    for label in labels { counts[Int(label)] += 1 }
    // Of all that the rows count for by themselves.
    var shares = [Double](repeating: 0, count: data.classes)
    for (row, label) in labels.enumerated() { shares[Int(label)] += data.weights?[row] ?? 1 }
    let (least, most) = (counts.min()!, counts.max()!)
    let (rarest, commonest) = (counts.firstIndex(of: least)!, counts.firstIndex(of: most)!)
    let words =
      least == most
      ? "classes have \(least) rows each"
      : "classes have from \(least) ('\(data.classNames[rarest])') to \(most) rows ('\(data.classNames[commonest])')"
    let share = (shares.max() ?? 0) / max(shares.reduce(0, +), .leastNormalMagnitude)
    if least == 0 {
      return Finding("class balance", .warning, words, remedy: "drop the empty class, or find rows of it")
    }
    if most > 10 * least {
      return Finding(
        "class balance", .warning,
        words + String(format: "; always saying the commonest is right %.1f %% of the time", 100 * share),
        remedy: "judge by precision and recall of each class, and collect rows of the rare ones")
    }
    return Finding("class balance", .good, words)
  }
}
