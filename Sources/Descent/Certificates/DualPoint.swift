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
  /// The scores, `[rows, columns]`; once ``linearise()`` was called, the gradient there in their place.
  private let scores: RowBuffer<Double>
  /// The dual point, `[rows, columns]`; until ``setTight()`` is called, the scores of a direction.
  let point: RowBuffer<Double>

  init(_ pass: Pass<Double>, _ rowLoss: RowLoss, scores: RowBuffer<Double>) {
    (self.pass, self.rowLoss, self.scores) = (pass, rowLoss, scores)
    columns = pass.model.outputs
    point = pass.buffer(columns: columns)
  }

  /// The same buffers, for the gradients of another loss.
  init(_ other: DualPoint, loss: any CurvedLoss) {
    (pass, rowLoss, columns) = (other.pass, other.rowLoss.with(loss), other.columns)
    (scores, point) = (other.scores, other.point)
  }

  /// Mean slopes of an output below this, relative to the mean of their sizes, are rounding.
  private static let balanced = 1e-15
  /// Those of many rows may be rounding before; it is where they no longer halve.
  private static let nearlyBalanced = 1e-13

  var domain: SlopeDomain {
    guard let curved = rowLoss.curved else { fatalError("a dual point of \(rowLoss.loss.name)") }
    return curved.domain
  }

  /// point ← ∇ℓ(scores + shift) with the shift that minimises the mean loss. Returns what is left of the condition
  /// Σθ = 0, see ``meetBiasCondition()``.
  func setNatural() -> Double {
    _ = setBestShift()
    fill { _, _ in }
    return meetBiasCondition()
  }

  /// Puts the gradient in the place of the scores.
  func linearise() { _ = evaluate([Double](repeating: 0, count: columns), into: scores) }

  /// point ← ∇ℓ + ∇²ℓ·(direction + shift), likewise, in the place of the direction's scores: what each shift comes to is made
  /// block by block, and kept of the last alone.
  func setTight() -> Double {
    var shift = [Double](repeating: 0, count: columns)
    if isBalanced {
      let curvature = ShiftCurvature(pass, rowLoss, slopes: scores)
      var least = Double.infinity
      for _ in 0..<29 {
        let (means, sizes) = meansAndSizes(tightenedBy: shift)
        let (left, size) = (largest(means), max(1, largest(sizes)))
        guard left > Self.balanced * size, left > Self.nearlyBalanced * size || left < 0.5 * least else {
          break
        }
        least = left
        let step = curvature.solve(means)
        guard step.allSatisfy(\.isFinite) else { break }
        shift = zip(shift, step).map { $0 - $1 }
      }
    }
    fill(tightened(by: shift))
    return meetBiasCondition()
  }

  /// θ ← ∇ℓ + ∇²ℓ·(direction + shift) of a block.
  private func tightened(by shift: [Double]) -> @Sendable (Range<Int>, inout MutableSpan<Double>) -> Void {
    { [rowLoss, scores, point] range, θ in
      point.read(range) { addToRows($0, shift, into: &θ) }
      scores.read(range) { g in
        rowLoss.multiplyOwnHessian(range, &θ, slopes: g)
        add(g, to: &θ)
      }
    }
  }

  /// Those of the point that ``setTight()`` makes with a shift.
  private func meansAndSizes(tightenedBy shift: [Double]) -> (means: [Double], sizes: [Double]) {
    let tighten = tightened(by: shift)
    return meansAndSizes { [rowLoss, columns] range, sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count * columns) { buffer in
        buffer.initialize(repeating: 0)
        var θ = buffer.mutableSpan
        tighten(range, &θ)
        rowLoss.clip(range, &θ)
        addSumsAndSizes(θ.span, weights: rowLoss.weights?[range], to: &sums)
      }
    }
  }

  /// The Hessian of the mean loss at the scores that were linearised, times a direction of the parameters: a pass.
  func multiplyHessian(_ direction: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: direction.count)
    _ = pass.run(direction, scale: rowLoss.scale(as: Double.self), gradient: &product) {
      [rowLoss, scores] range, s in
      scores.read(range) { rowLoss.multiplyHessian(range, &s, slopes: $0) }
      return 0
    }
    return product
  }

  /// The shift, common to all rows, that minimises the mean loss; the point is ∇ℓ there.
  func setBestShift() -> [Double] {
    guard isBalanced else {
      let zero = [Double](repeating: 0, count: columns)
      _ = evaluate(zero, into: point)
      return zero
    }
    if case .intervals = domain { return setRoots() }
    return setNewtonShift()
  }

  /// By damped Newton steps, for losses that couple the scores of a row.
  private func setNewtonShift() -> [Double] {
    var shift = [Double](repeating: 0, count: columns)
    // The slopes are made where the point will be: two buffers would double the memory.
    var value = evaluate(shift, into: point)
    for _ in 0..<100 {
      let means = columnMeans(point)
      guard largest(means) > Self.balanced else { break }
      let step = ShiftCurvature(pass, rowLoss, slopes: point).solve(means)
      let (start, before) = (shift, value)
      var length = 1.0
      repeat {
        shift = zip(start, step).map { $0 - length * $1 }
        value = evaluate(shift, into: point)
        length /= 2
      } while !(value <= before) && length > 1e-9
      guard value < before else {
        // Rounding is all that is left.
        value = evaluate(start, into: point)
        return start
      }
    }
    return shift
  }

  /// For losses that see each score by itself: the mean slope of an output rises with its shift, and its root is found by
  /// Newton steps within a bracket, where there is no curvature by halves and doubles.
  private func setRoots() -> [Double] {
    let zero = [Double](repeating: 0, count: columns)
    var roots = zero.map { _ in ShiftRoot() }
    for _ in 0..<120 {
      let shift = roots.map(\.shift)
      let (means, sizes, curvature) = look(shift)
      for j in 0..<columns where abs(means[j]) <= Self.balanced * sizes[j] { roots[j].isFound = true }
      if roots.allSatisfy(\.isFound) { return shift }
      for j in 0..<columns { roots[j].step(slope: means[j], curvature: curvature[j]) }
    }
    let best = roots.map(\.best)
    _ = evaluate(best, into: point)
    return best
  }

  /// point ← ∇ℓ(scores + shift), and of each output the mean slope, the mean of the slopes' sizes and that of ∂²ℓ, in one walk.
  private func look(_ shift: [Double]) -> (means: [Double], sizes: [Double], curvature: [Double]) {
    let width = columns
    let sums = pass.sweep(summing: 3 * width) { [rowLoss, scores, point] range, sums in
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
  private func evaluate(_ shift: [Double], into slopes: RowBuffer<Double>) -> Double {
    let sum = pass.sweep { [rowLoss, scores] range in
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
    meansAndSizes { [rowLoss] range, sums in
      buffer.read(range) { addSumsAndSizes($0, weights: rowLoss.weights?[range], to: &sums) }
    }
  }

  /// The same of numbers that `add` adds to the sums, block by block.
  private func meansAndSizes(
    _ add: @Sendable (Range<Int>, inout [Double]) -> Void
  ) -> (means: [Double], sizes: [Double]) {
    let sums = pass.sweep(summing: 2 * columns, add).map { $0 / rowLoss.total }
    return (Array(sums[..<columns]), Array(sums[columns...]))
  }

  private func largest(_ means: [Double]) -> Double { means.reduce(0) { max($0, abs($1)) } }
}
