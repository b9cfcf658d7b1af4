internal import LinearAlgebra

extension ScoredPoint {
  /// The loss whose curvature a quadratic model takes, and the slopes that tell it.
  func modelled(_ loss: any CurvedLoss) -> (any CurvedLoss, RowBuffer<Element>) {
    guard let majorant = loss.majorant else { return (loss, slopes) }
    let residuals = objective.pass.buffer(columns: scores.columns)
    _ = objective.pass.sweep { [scores, rowLoss = objective.rowLoss] range in
      residuals.update(range) { d in
        scores.load(range, into: &d)
        rowLoss.takeResiduals(range, &d)
      }
      return 0
    }
    return (majorant, residuals)
  }
}
