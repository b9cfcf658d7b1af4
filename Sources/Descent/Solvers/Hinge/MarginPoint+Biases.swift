internal import LinearAlgebra

extension MarginPoint {
  /// Sets multipliers, sums and biases such that the slopes of each class sum to zero: damped Newton steps on the
  /// scores alone.
  ///
  /// As a function of the biases the augmented Lagrangian is convex and piecewise quadratic; its Hessian is the
  /// Laplacian of the graph whose edge from y to j weighs the free margins of rows of class y against j.
  func balance() {
    var change = [Double](repeating: 0, count: classes)
    evaluate(shiftedBy: change)
    guard objective.model.hasIntercept else { return }
    var reach = margin + 1 / strength
    for _ in 0..<60 {
      let imbalance = sums.slopes.map { $0 / total }
      let largest = imbalance.reduce(0) { max($0, abs($1)) }
      guard largest > Self.balanced * sums.multipliers / total else { break }
      var step = biasStep(imbalance)
      let size = step.reduce(0) { max($0, abs($1)) }
      guard size.isFinite, size > 0 else { break }
      if size > reach {
        step = step.map { $0 * (reach / size) }
        reach *= 2
      }
      let slope = zip(imbalance, step).reduce(0) { $0 + $1.0 * $1.1 }
      let (start, before) = (change, sums.energy / total)
      var length = 1.0
      var isBetter = false
      while !isBetter, length > 1e-4 {
        change = zip(start, step).map { $0 + length * $1 }
        evaluate(shiftedBy: change)
        let now = sums.slopes.reduce(0) { max($0, abs($1)) } / total
        isBetter = sums.energy / total <= before + 1e-4 * length * slope || now <= 0.5 * largest
        length /= 2
      }
      if !isBetter {
        // Rounding is all that is left.
        change = start
        evaluate(shiftedBy: change)
        break
      }
    }
    accept(shift: change)
  }

  /// Mean slopes of a class below this are rounding, relative to the mean of the multipliers.
  static var balanced: Double { Element.self == Float.self ? 1e-7 : 1e-14 }

  /// −H⁻¹·imbalance, with a ridge: a shift of all biases changes nothing.
  private func biasStep(_ imbalance: [Double]) -> [Double] {
    var hessian = Matrix<Double>(rows: classes, columns: classes)
    for y in 0..<classes {
      for j in 0..<classes where j != y {
        let weight = strength * sums.free(y, j) / total
        hessian[y, j] -= weight
        hessian[j, y] -= weight
        hessian[y, y] += weight
        hessian[j, j] += weight
      }
    }
    let largest = (0..<classes).reduce(0) { max($0, hessian[$1, $1]) }
    for c in 0..<classes { hessian[c, c] += 1e-9 * largest + 1e-9 * strength }
    var step = imbalance.map { -$0 }
    guard let factor = try? Cholesky(consume hessian) else { return step }
    var span = step.mutableSpan
    factor.solve(into: &span)
    step.centre(0..<classes)
    return step
  }
}

extension Array where Element: KernelScalar {
  /// Subtracts their mean from the numbers in a range: biases that drift away together change no margin, and cost the
  /// scores digits.
  mutating func centre(_ range: Range<Int>) {
    let mean = self[range].reduce(0) { $0 + Double($1) } / Double(Swift.max(1, range.count))
    for i in range { self[i] -= Element(mean) }
  }
}
