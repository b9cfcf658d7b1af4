internal import LinearAlgebra

extension LinearProblem {
  /// Of all parameters that give each row the scores of these, those whose weights are the smallest; where the loss sees
  /// differences of scores only, of all that give those. The objective without a penalty stays as it is.
  ///
  /// Weights W·P with P the projector on the span of the centred rows: what another solver comes to that starts from 0 and
  /// goes along gradients. Biases cost nothing, and take what a constant column had. The parameters as they are of more
  /// features than a system can be formed of.
  func leastNorm(_ parameters: [Element]) -> [Element] {
    guard rows > 0, model.inputs > 0, model.inputs <= 1000,
      Double(rows) * Double(model.inputs * model.inputs) <= 5e10
    else { return parameters }
    var θ = parameters.map { Double($0) }
    guard θ.allSatisfy(\.isFinite) else { return parameters }
    if (objective.loss as? any CurvedLoss)?.seesDifferencesOnly == true { centreClasses(&θ) }
    let span = RowSpan(scaledRows.features, isCentred: model.hasIntercept)
    for tolerance in [1e-12, 1e-15] {
      guard let superfluous = span.superfluous(θ, model, tolerance: tolerance) else { break }
      if isWithoutEffect(superfluous, span) {
        for i in θ.indices { θ[i] -= superfluous[i] }
        break
      }
    }
    return θ.map { Element($0) }
  }

  /// What all classes have alike.
  private func centreClasses(_ θ: inout [Double]) {
    for (start, stride) in (0..<model.inputs).map({ ($0, model.inputs) }) + [(model.biases.lowerBound, 1)] {
      let all = (0..<model.outputs).map { start + $0 * stride }
      let mean = all.reduce(0) { $0 + θ[$1] } / Double(model.outputs)
      for i in all { θ[i] -= mean }
    }
  }

  /// Whether the scores of `change` are but rounding.
  private func isWithoutEffect(_ change: [Double], _ span: RowSpan) -> Bool {
    let scores = objective.converted(to: Double.self).scores(of: change)
    let largest = scores.whole().read(0..<rows) { s in (0..<s.count).reduce(0) { max($0, abs(s[$1])) } }
    let sizes = zip(span.means, span.lengths).map { abs($0) + $1 }
    let terms = (0..<model.outputs).map { c in
      (0..<model.inputs).reduce(0) { $0 + abs(change[c * model.inputs + $1]) * sizes[$1] }
    }
    return largest <= 1e-9 * terms.max()!
  }
}

/// What directions the rows, less their mean where there are biases, lie in.
private struct RowSpan {
  /// 0 where nothing is taken off.
  let means: [Double]
  /// The root mean square of each column; 0 of one that is constant, or 0.
  let lengths: [Double]
  /// The eigenvalues and eigenvectors of the columns' products, each column brought to length 1.
  private let spectrum: SymmetricEigen<Double>?

  init(_ features: any FeatureStorage, isCentred: Bool) {
    let moments = ColumnMoments.of(features)
    means = isCentred ? moments.means : moments.means.map { _ in 0 }
    lengths =
      isCentred
      ? moments.deviations
      : zip(moments.means, moments.deviations).map { ($0 * $0 + $1 * $1).squareRoot() }
    spectrum = try? SymmetricEigen(Self.products(features, means, lengths))
  }

  private static func products(
    _ features: any FeatureStorage, _ means: [Double], _ lengths: [Double]
  ) -> Matrix<Double> {
    let columns = features.columns
    let factors = lengths.map { $0 > 0 ? 1 / ($0 * Double(features.rows).squareRoot()) : 0 }
    var result = Matrix<Double>(rows: columns, columns: columns)
    for start in stride(from: 0, to: features.rows, by: 256) {
      let range = start..<min(start + 256, features.rows)
      var rows = [Double](repeating: 0, count: range.count * columns)
      var span = rows.mutableSpan
      features.read(range, into: &span)
      for i in rows.indices { rows[i] = (rows[i] - means[i % columns]) * factors[i % columns] }
      result.withMutableElements {
        syrk(.transposed, n: columns, k: range.count, rows.span, beta: 1, into: &$0)
      }
    }
    return result
  }

  /// The part of the parameters that no row sees, with the biases that make up for the means; nil where there is none.
  func superfluous(_ θ: [Double], _ model: LinearModel, tolerance: Double) -> [Double]? {
    guard let spectrum else { return nil }
    let bound = tolerance * max(spectrum.values.last ?? 0, 1)
    let unseen = spectrum.values.indices.filter { spectrum.values[$0] <= bound }
    guard !unseen.isEmpty else { return nil }
    // Of the columns as they are, and orthonormal again.
    var directions = spectrum.vectors.rows(at: unseen)
    for k in 0..<directions.rows {
      for j in 0..<directions.columns where lengths[j] > 0 { directions[k, j] /= lengths[j] }
      let length = norm2(directions[row: k].span)
      for j in 0..<directions.columns { directions[k, j] /= length }
    }
    guard let basis = try? QR(directions.transposed, tolerance: 0).q else { return nil }
    let weights = Matrix(rows: model.outputs, columns: model.inputs, elements: Array(θ[model.weights]))
    let part = weights.multiplied(by: basis).multiplied(by: basis, .none, .transposed)
    let biases = (0..<model.outputs).map { c in -inner(Array(part[row: c]), means) }
    return Array(part.elements) + biases
  }
}
