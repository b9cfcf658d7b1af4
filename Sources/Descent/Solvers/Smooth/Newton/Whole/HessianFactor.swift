internal import LinearAlgebra

/// The Cholesky factor of a ``WholeHessian``, in the parameters (W, b + W·centre): about the centre the biases hardly
/// couple with the weights, and no digits cancel.
struct HessianFactor {
  private let model: LinearModel
  private let centre: [Double]
  private let factor: Cholesky<Double>

  init?(
    _ sums: PairSums, _ pairs: [(Int, Int)], _ model: LinearModel, centre: [Double],
    seesDifferencesOnly: Bool, l2: Double, scale: Double
  ) {
    (self.model, self.centre) = (model, centre)
    let (features, classes) = (model.inputs, model.outputs)
    let size = model.hasIntercept ? features + 1 : features
    let places = sums.places
    /// Of weight j of class c; the bias is the last.
    func index(_ c: Int, _ j: Int) -> Int { j < features ? c * features + j : classes * features + c }
    var hessian = Matrix<Double>(rows: classes * size, columns: classes * size)
    let order = classes * size
    hessian.withMutableElements { h in
      for (k, (a, b)) in pairs.enumerated() {
        for i in 0..<size {
          for j in 0..<size {
            let value = scale * sums.value(k, places[i], places[j])
            h[index(a, i) * order + index(b, j)] += value
            guard a != b else { continue }
            h[index(b, i) * order + index(a, j)] += value
            guard seesDifferencesOnly else { continue }
            h[index(a, i) * order + index(a, j)] -= value
            h[index(b, i) * order + index(b, j)] -= value
          }
        }
      }
      for i in 0..<classes * features { h[i * (order + 1)] += l2 }
      // A shift of all biases changes nothing, and no gradient points that way: whatever makes it definite will do.
      guard seesDifferencesOnly, model.hasIntercept else { return }
      let biases = classes * features..<order
      let mean = biases.reduce(0) { $0 + h[$1 * (order + 1)] } / Double(classes)
      for i in biases { for j in biases { h[i * order + j] += mean } }
    }
    guard let factor = Self.factored(hessian) else { return nil }
    self.factor = factor
  }

  /// With more and more of a ridge until it exists.
  private static func factored(_ hessian: Matrix<Double>) -> Cholesky<Double>? {
    let order = hessian.rows
    let largest = (0..<order).reduce(0) { max($0, hessian[$1, $1]) }
    for ridge in [0, 1e-12, 1e-9, 1e-6, 1e-3] {
      var regular = hessian
      for i in 0..<order { regular[i, i] += ridge * max(hessian[i, i], 1e-3 * largest) }
      if let factor = try? Cholesky(consume regular) { return factor }
    }
    return nil
  }

  /// H⁻¹·gradient; both are parameter vectors.
  func solve<Element: KernelScalar>(_ gradient: [Element]) -> [Element] {
    let (features, classes) = (model.inputs, model.outputs)
    var v = gradient.map { Double($0) }
    if model.hasIntercept {
      for c in 0..<classes {
        let bias = v[classes * features + c]
        for j in 0..<features { v[c * features + j] -= centre[j] * bias }
      }
    }
    var span = v.mutableSpan
    var learnt = span._mutatingExtracting(0..<factor.order)
    factor.solve(into: &learnt)
    for c in 0..<classes where model.hasIntercept {
      let shift = (0..<features).reduce(0) { $0 + centre[$1] * v[c * features + $1] }
      v[classes * features + c] -= shift
    }
    return v.map { Element($0) }
  }
}
