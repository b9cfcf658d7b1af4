extension RankedScores {
  /// The area under the ROC curve, by trapezoids between the distinct scores; nil where one of the classes has no rows.
  ///
  /// Equal to the share of pairs in which the positive row scores more, ties by half (Hanley and McNeil, The Meaning and
  /// Use of the Area under a ROC Curve, Radiology 143, 1982).
  public var rocAUC: Double? { rocAUC(weight: weight(of:)) }

  /// The mean of the precision at each distinct score, weighted by the recall that it adds; nil without positive rows.
  public var averagePrecision: Double? { averagePrecision(weight: weight(of:)) }

  func rocAUC(weight: (Int) -> Double) -> Double? {
    // Whole numbers and halves are exact in Double to 2⁵³, which is 10⁸ rows of two equal classes.
    var (area, positives, negatives) = (0.0, 0.0, 0.0)
    forEachThreshold(weight: weight) { _, truePositives, falsePositives in
      area += (falsePositives - negatives) * (truePositives + positives) / 2
      (positives, negatives) = (truePositives, falsePositives)
    }
    return positives > 0 && negatives > 0 ? area / (positives * negatives) : nil
  }

  func averagePrecision(weight: (Int) -> Double) -> Double? {
    var (sum, positives) = (0.0, 0.0)
    forEachThreshold(weight: weight) { _, truePositives, falsePositives in
      guard truePositives > positives else { return }
      sum += (truePositives - positives) * truePositives / (truePositives + falsePositives)
      positives = truePositives
    }
    return positives > 0 ? sum / positives : nil
  }
}
