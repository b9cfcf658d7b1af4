internal import LinearAlgebra

/// The best parameters and the best multipliers met: bounds hold for the problem, wherever they were found.
struct BestPair<Element: Scalar>: Codable {
  private(set) var parameters: [Element]
  private(set) var objective = Double.infinity
  /// `[rows, classes]`
  let multipliers: RowBuffer<Element>
  private(set) var lowerBound = -Double.infinity

  init(rows: Int, classes: Int, parameters: [Element]) {
    self.parameters = parameters
    multipliers = RowBuffer(rows: rows, columns: classes)
  }

  /// Relative to the objective; infinite before anything was taken.
  var relativeGap: Double {
    lowerBound == -.infinity ? .infinity : objective <= lowerBound ? 0 : (objective - lowerBound) / objective
  }

  mutating func take(_ point: MarginPoint<Element>) {
    let (value, bound) = (point.value, point.lowerBound)
    if value < objective { (objective, parameters) = (value, point.parameters) }
    if bound > lowerBound {
      lowerBound = bound
      _ = point.objective.pass.sweep { [multipliers, current = point.current] range in
        multipliers.update(range) { best in
          current.read(range) { a in
            best.withUnsafeMutableBufferPointer { best in
              a.withUnsafeBufferPointer { _ = best.update(from: $0) }
            }
          }
        }
        return 0
      }
    }
  }
}
