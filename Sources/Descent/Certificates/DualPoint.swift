internal import LinearAlgebra

/// Slopes of all rows that are a point of the dual problem, and the bound that they prove.
///
/// The natural point is the loss's gradient at the scores. Given the scores of a Newton direction there is a
/// better one, gradient + Hessian·direction: near an exact Newton step its gap is of second order. Either is
/// moved into the conjugate's domain, and a shift of the scores that is common to all rows makes the slopes
/// of each output sum to zero, as the unpenalised bias asks; a model without biases asks for nothing.
struct DualPoint {
  let pass: Pass<Double>
  /// Of a loss with curvature.
  let rowLoss: RowLoss
  let columns: Int
  /// Whether the slopes of an output must sum to zero, each times what its row counts for.
  var isBalanced: Bool { pass.model.hasIntercept }
  /// The gradient at the scores, `[rows, columns]`; untouched, and so without memory, where only natural points are set.
  private let slopes: RowBuffer<Double>
  /// The dual point, `[rows, columns]`.
  let point: RowBuffer<Double>

  init(_ pass: Pass<Double>, _ rowLoss: RowLoss) {
    (self.pass, self.rowLoss) = (pass, rowLoss)
    columns = pass.model.outputs
    slopes = pass.buffer(columns: columns)
    point = pass.buffer(columns: columns)
  }

  /// The same buffers, for the gradients of another loss.
  init(_ other: DualPoint, loss: any CurvedLoss) {
    (pass, rowLoss, columns) = (other.pass, other.rowLoss.with(loss), other.columns)
    (slopes, point) = (other.slopes, other.point)
  }

  /// Mean slopes of an output below this, relative to the mean of their sizes, are rounding.
  private static let balanced = 1e-15

  var domain: SlopeDomain {
    guard let curved = rowLoss.curved else { fatalError("a dual point of \(rowLoss.loss.name)") }
    return curved.domain
  }

  /// point ← ∇ℓ(scores + shift) with the shift that minimises the mean loss. Returns what is left of the condition
  /// Σθ = 0, see ``meetBiasCondition()``.
  func setNatural(_ scores: RowBuffer<Double>) -> Double {
    _ = setBestShift(scores)
    fill { _, _ in }
    return meetBiasCondition()
  }

  /// point ← ∇ℓ + ∇²ℓ·(direction + shift), likewise.
  func setTight(_ scores: RowBuffer<Double>, _ direction: RowBuffer<Double>) -> Double {
    _ = evaluate(scores, [Double](repeating: 0, count: columns), into: slopes)
    let curvature = ShiftCurvature(pass, rowLoss, slopes: slopes)
    var shift = [Double](repeating: 0, count: columns)
    for _ in 0..<30 {
      fill { [shift, rowLoss, slopes] range, θ in
        direction.read(range) { addToRows($0, shift, into: &θ) }
        slopes.read(range) { g in
          rowLoss.multiplyOwnHessian(range, &θ, slopes: g)
          add(g, to: &θ)
        }
      }
      let means = columnMeans(point)
      guard isBalanced, largest(means) > Self.balanced * max(1, largest(meansAndSizes(point).sizes)) else {
        break
      }
      let step = curvature.solve(means)
      guard step.allSatisfy(\.isFinite) else { break }
      shift = zip(shift, step).map { $0 - $1 }
    }
    return meetBiasCondition()
  }

  /// The Hessian of the mean loss at the scores that were set last, times a direction of the parameters: a pass.
  func multiplyHessian(_ direction: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: direction.count)
    _ = pass.run(direction, scale: rowLoss.scale(as: Double.self), gradient: &product) {
      [rowLoss, slopes] range, s in
      slopes.read(range) { rowLoss.multiplyHessian(range, &s, slopes: $0) }
      return 0
    }
    return product
  }

  /// The shift, common to all rows, that minimises the mean loss; the point is ∇ℓ there.
  func setBestShift(_ scores: RowBuffer<Double>) -> [Double] {
    guard isBalanced else {
      let zero = [Double](repeating: 0, count: columns)
      _ = evaluate(scores, zero, into: point)
      return zero
    }
    if case .intervals = domain { return setRoots(scores) }
    return setNewtonShift(scores)
  }

  /// By damped Newton steps, for losses that couple the scores of a row.
  private func setNewtonShift(_ scores: RowBuffer<Double>) -> [Double] {
    var shift = [Double](repeating: 0, count: columns)
    // The slopes are made where the point will be: two buffers would double the memory.
    var value = evaluate(scores, shift, into: point)
    for _ in 0..<100 {
      let means = columnMeans(point)
      guard largest(means) > Self.balanced else { break }
      let step = ShiftCurvature(pass, rowLoss, slopes: point).solve(means)
      let (start, before) = (shift, value)
      var length = 1.0
      repeat {
        shift = zip(start, step).map { $0 - length * $1 }
        value = evaluate(scores, shift, into: point)
        length /= 2
      } while !(value <= before) && length > 1e-9
      guard value < before else {
        // Rounding is all that is left.
        value = evaluate(scores, start, into: point)
        return start
      }
    }
    return shift
  }

  /// For losses that see each score by itself: the mean slope of an output rises with its shift, and its root is found by
  /// Newton steps within a bracket, where there is no curvature by halves and doubles.
  private func setRoots(_ scores: RowBuffer<Double>) -> [Double] {
    let zero = [Double](repeating: 0, count: columns)
    var roots = zero.map { _ in ShiftRoot() }
    for _ in 0..<120 {
      let shift = roots.map(\.shift)
      let (means, sizes, curvature) = look(scores, shift)
      for j in 0..<columns where abs(means[j]) <= Self.balanced * sizes[j] { roots[j].isFound = true }
      if roots.allSatisfy(\.isFound) { return shift }
      for j in 0..<columns { roots[j].step(slope: means[j], curvature: curvature[j]) }
    }
    let best = roots.map(\.best)
    _ = evaluate(scores, best, into: point)
    return best
  }

  /// point ← ∇ℓ(scores + shift), and of each output the mean slope, the mean of the slopes' sizes and that of ∂²ℓ, in one walk.
  private func look(
    _ scores: RowBuffer<Double>, _ shift: [Double]
  ) -> (means: [Double], sizes: [Double], curvature: [Double]) {
    let width = columns
    let sums = pass.sweep(summing: 3 * width) { [rowLoss, point] range, sums in
      var both = Array(sums[..<(2 * width)])
      var curvature = Array(sums[(2 * width)...])
      point.update(range) { θ in
        scores.read(range) { addToRows($0, shift, into: &θ) }
        _ = rowLoss.slopes(range, &θ)
        addSumsAndSizes(θ.span, weights: rowLoss.weights?[range], to: &both)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: θ.count) { buffer in
          buffer.initialize(repeating: 1)
          var ones = buffer.mutableSpan
          rowLoss.multiplyHessian(range, &ones, slopes: θ.span)
          addRows(ones.span, to: &curvature)
        }
      }
      sums = both + curvature
    }.map { $0 / rowLoss.total }
    return (Array(sums[..<width]), Array(sums[width..<2 * width]), Array(sums[(2 * width)...]))
  }

  /// Fills the point block by block and moves it into the domain.
  private func fill(_ body: @Sendable (Range<Int>, inout MutableSpan<Double>) -> Void) {
    _ = pass.sweep { [rowLoss, point] range in
      point.update(range) { θ in
        body(range, &θ)
        rowLoss.clip(range, &θ)
      }
      return 0
    }
  }

  /// slopes ← ∇ℓ(scores + shift); returns the mean loss.
  private func evaluate(
    _ scores: RowBuffer<Double>, _ shift: [Double], into slopes: RowBuffer<Double>
  ) -> Double {
    let sum = pass.sweep { [rowLoss] range in
      slopes.update(range) { s in
        scores.read(range) { addToRows($0, shift, into: &s) }
        return rowLoss.slopes(range, &s)
      }
    }
    return sum / rowLoss.total
  }

  func columnMeans(_ buffer: RowBuffer<Double>) -> [Double] { meansAndSizes(buffer).means }

  /// The means of the numbers of each column, and of their sizes.
  func meansAndSizes(_ buffer: RowBuffer<Double>) -> (means: [Double], sizes: [Double]) {
    let sums = pass.sweep(summing: 2 * columns) { [rowLoss] range, sums in
      buffer.read(range) { addSumsAndSizes($0, weights: rowLoss.weights?[range], to: &sums) }
    }.map { $0 / rowLoss.total }
    return (Array(sums[..<columns]), Array(sums[columns...]))
  }

  private func largest(_ means: [Double]) -> Double { means.reduce(0) { max($0, abs($1)) } }
}
