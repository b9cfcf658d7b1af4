internal import LinearAlgebra

extension RowLoss {
  /// Whether scores take no row's part against its label: the right class's is above all others', or where `slack` is
  /// not 0 at the most that share of the largest difference below.
  ///
  /// Scores like these of a direction of the parameters lower the loss for ever: without a penalty it has no minimum.
  /// Only losses that never are 0 have no minimum then. (Albert and Anderson, On the existence of maximum likelihood
  /// estimates in logistic regression models, Biometrika 71, 1984.)
  func isSeparated<Element: KernelScalar>(_ scores: RowBuffer<Element>, slack: Element) -> Bool {
    guard let curved, curved.isNeverZero, case .labels(let labels) = targets, !labels.isEmpty else {
      return false
    }
    let width = scores.columns
    var (least, most) = (Element.infinity, Element(0))
    scores.whole().read(0..<labels.count) { s in
      for (row, label) in labels.enumerated() where weight(of: row) > 0 {
        if width == 1 {
          let margin = label == 1 ? s[row] : -s[row]
          (least, most) = (min(least, margin), max(most, margin))
        } else {
          let own = s[row * width + Int(label)]
          for j in 0..<width where j != Int(label) {
            let margin = own - s[row * width + j]
            (least, most) = (min(least, margin), max(most, margin))
          }
        }
      }
    }
    return slack == 0 ? least > 0 : most > 0 && least >= -slack * most
  }
}
