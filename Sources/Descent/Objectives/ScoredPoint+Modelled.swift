internal import LinearAlgebra

extension ScoredPoint {
  /// The loss whose curvature a quadratic model takes, and the slopes that tell it.
  func modelled(_ loss: any CurvedLoss) -> (any CurvedLoss, RowBuffer<Element>) {
    guard let majorant = loss.majorant, case .values(let values, let width) = objective.targets else {
      return (loss, slopes)
    }
    let residuals = RowBuffer<Element>(rows: objective.rows, columns: width)
    _ = objective.pass.sweep { [scores] range in
      residuals.update(range) { d in
        let first = values.startIndex + range.lowerBound * width
        scores.read(range) { for i in 0..<$0.count { d[i] = Element(Double($0[i]) - values[first + i]) } }
      }
      return 0
    }
    return (majorant, residuals)
  }
}
