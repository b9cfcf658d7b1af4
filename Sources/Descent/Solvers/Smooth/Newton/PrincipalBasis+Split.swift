internal import LinearAlgebra

// Along the first components, and what is beyond them: along the other ones, or where these are not known, of the features.
extension PrincipalBasis {
  /// Of what is beyond the first `count` components; of the features without what lies along those.
  func variances(beyond count: Int) -> [Element] {
    guard let leading, let components else { return Array(variances[count...]) }
    var result = variances
    for i in 0..<count {
      for j in result.indices { result[j] -= leading[i] * components[i, j] * components[i, j] }
    }
    return result.map { max(0, $0) }
  }

  /// Each row of W, `[classes, features]`, as what it has along the first components, `[classes, count]`, and the rest.
  func split(_ w: Matrix<Element>, first count: Int) -> (along: Matrix<Element>, rest: Matrix<Element>) {
    guard leading != nil else {
      let all = components.map { w.multiplied(by: $0, .none, .transposed) } ?? w
      return (
        Matrix(all.view.block(rows: 0..<w.rows, columns: 0..<count)),
        Matrix(all.view.block(rows: 0..<w.rows, columns: count..<w.columns))
      )
    }
    let along = coordinates(of: w, first: count)
    return (along, w.adding(rows(of: along), times: -1))
  }

  /// The opposite. Where the other components are not known, what the rest has along the first ones is left out, so that split,
  /// scaled and joined again is a symmetric operator.
  func joined(_ along: Matrix<Element>, _ rest: Matrix<Element>) -> Matrix<Element> {
    guard leading != nil else {
      var all = Matrix<Element>(rows: along.rows, columns: along.columns + rest.columns)
      for c in 0..<all.rows {
        for j in 0..<along.columns { all[c, j] = along[c, j] }
        for j in 0..<rest.columns { all[c, along.columns + j] = rest[c, j] }
      }
      return components.map { all.multiplied(by: $0) } ?? all
    }
    let within = rows(of: coordinates(of: rest, first: along.columns))
    return rest.adding(within, times: -1).adding(rows(of: along), times: 1)
  }

  private func coordinates(of w: Matrix<Element>, first count: Int) -> Matrix<Element> {
    guard let components, count > 0 else { return Matrix(rows: w.rows, columns: 0) }
    return w.multiplied(by: components.rows(0..<count), .none, .transposed)
  }

  private func rows(of coordinates: Matrix<Element>) -> Matrix<Element> {
    guard let components, coordinates.columns > 0 else {
      return Matrix(rows: coordinates.rows, columns: features)
    }
    return coordinates.multiplied(by: components.rows(0..<coordinates.columns))
  }
}

extension Matrix where Element: KernelScalar {
  fileprivate func adding(_ other: Matrix, times factor: Element) -> Matrix {
    var result = self
    result.withMutableElements { axpy(factor, other.elements.span, into: &$0) }
    return result
  }
}
