internal import LinearAlgebra

/// Where a sum is least, with its factored curvature there.
struct Optimum {
  let β: [Double]
  let expansion: EstimatedSum.Expansion
  let factor: Cholesky<Double>
}

/// Columns whose coefficients the rows don't tell.
struct DependentColumn: Error { let column: Int }

extension EstimatedSum {
  /// Pivots below this share of their diagonal element are rounding errors: they are 1 − R² of a column by those before it.
  private static var leastPivot: Double { 1e-11 }
  /// The squared length of a step, in standard errors, after which the curvature is exact to some 1e-10, and the point to rounding.
  private static var shortStep: Double { 1e-20 }

  /// The Cholesky factor of the curvature, which throws for the first column that depends on those before it.
  func factor(_ information: Matrix<Double>) throws(DependentColumn) -> Cholesky<Double> {
    let curvature = penalised(information)
    let factor: Cholesky<Double>
    do throws(FactorizationError) { factor = try Cholesky(curvature) } catch {
      guard case .notPositiveDefinite(let minor, _) = error else { throw DependentColumn(column: 0) }
      throw DependentColumn(column: (minor - 1) % max(1, columns.width))
    }
    for j in 0..<count where factor.factor[j, j] * factor.factor[j, j] < Self.leastPivot * curvature[j, j] {
      throw DependentColumn(column: j % columns.width)
    }
    return factor
  }

  /// A point with the sum's curvature there, which throws as ``factor(_:)`` does.
  func point(at β: [Double]) throws(DependentColumn) -> Optimum {
    let expansion = expansion(at: β)
    return Optimum(β: β, expansion: expansion, factor: try factor(expansion.information))
  }

  /// Newton's steps from `start`, each as long as it lowers the sum, until they are rounding errors.
  ///
  /// Near an optimum each step squares what is left. Where the loss falls for ever steps stay as long as they were, and
  /// lower it by a like share each: five such in a row tell.
  ///
  /// - Parameter null: the least sum without features. Normal noise of 1e-10 of that spread is rounding.
  func optimum(from start: Optimum, null: Double = 0) throws(InferenceError) -> Optimum {
    var point = start
    var (earlier, slow) = (Double.infinity, 0)
    for _ in 0..<100 where count > 0 {
      if loss.noise == .normal, point.expansion.loss <= 1e-20 * null { throw .perfectFit }
      var step = point.expansion.gradient
      var span = step.mutableSpan
      point.factor.solve(into: &span)
      let decrement = zip(step, point.expansion.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard decrement.isFinite else { throw .notConverged }
      let length = decrement / noiseScale(point.expansion)
      slow = length < 1 && length > 0.1 * earlier ? slow + 1 : 0
      // Of a parabola all but the first step is rounding.
      let isRounding = length < 1e-9 && length > 0.25 * earlier || slow == 4 && loss.curvature == .parabola
      if length < Self.shortStep || isRounding {
        return Optimum(
          β: zip(point.β, step).map { $0 - $1 }, expansion: point.expansion, factor: point.factor)
      }
      if slow == 5 { throw failure }
      earlier = length
      point = try moved(point, along: step, decrement, isShort: length < 1e-6)
    }
    guard count == 0 else { throw .notConverged }
    return point
  }

  private var failure: InferenceError { loss.isNeverZero ? .noOptimum : .notConverged }

  /// The first of the point's halved steps that lowers the sum enough.
  private func moved(
    _ point: Optimum, along step: [Double], _ decrement: Double, isShort: Bool
  ) throws(InferenceError) -> Optimum {
    var length = 1.0
    for _ in 0..<40 {
      let next = zip(point.β, step).map { $0 - length * $1 }
      let expansion = expansion(at: next)
      if isShort || expansion.value <= point.expansion.value - 1e-4 * length * decrement {
        do throws(DependentColumn) {
          return Optimum(β: next, expansion: expansion, factor: try factor(expansion.information))
        } catch { throw failure }
      }
      length /= 2
    }
    throw .notConverged
  }

  /// What squared distances by the curvature are divided by, to be in standard errors: φ, about.
  private func noiseScale(_ expansion: Expansion) -> Double {
    guard loss.noise != .given else { return 1 }
    return max(.leastNormalMagnitude, 2 * expansion.loss / Double(max(1, rows.rows - count)))
  }
}
