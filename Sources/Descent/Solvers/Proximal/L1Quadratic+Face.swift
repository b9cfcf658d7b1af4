internal import LinearAlgebra

extension L1Quadratic {
  /// How often entries may leave the face of a step.
  private static var mostRounds: Int { 8 }

  /// To the minimiser on the face of u: the same zeros and the same signs.
  ///
  /// Entries whose sign would change become 0, all at once, and the others' system is solved anew until no sign changes
  /// any more: entries that the sweeps let in for each other's sake leave within some rounds, where steps that are cut at
  /// the first of them would lose a few at a time. Where that comes to nothing better, it is the longest part of the
  /// first way that is downhill after projection.
  /// (Portugal, Júdice and Vicente, A comparison of block pivoting and interior-point algorithms for linear least squares
  /// problems with nonnegative variables, Math. Comp. 63, 1994; the projected step: Byrd, Chin, Nocedal and Oztoprak,
  /// Math. Program. 159, 2016, section 3.)
  mutating func stepOnFace() {
    let first = u.indices.filter { u[$0] != 0 || prices[$0] == 0 }
    guard let way = minimiser(on: first, from: slope) else { return }
    var (face, step) = (first, way)
    var leaving = [Element](repeating: 0, count: u.count)
    for _ in 0..<Self.mostRounds {
      var kept: [Int] = []
      for (i, j) in face.enumerated() {
        if prices[j] > 0, (u[j] + step[i]) * u[j] <= 0 { leaving[j] = -u[j] } else { kept.append(j) }
      }
      if kept.count == face.count {
        for (i, j) in face.enumerated() { leaving[j] = step[i] }
        if take(leaving) { return }
        break
      }
      face = kept
      let image = hessian.multiplied(by: leaving)
      guard let next = minimiser(on: face, from: slope.indices.map { slope[$0] + image[$0] }) else { break }
      step = next
    }
    var length: Element = 1
    for _ in 0..<6 {
      var move = [Element](repeating: 0, count: u.count)
      for (i, j) in first.enumerated() {
        move[j] = length * way[i]
        if prices[j] > 0, (u[j] + move[j]) * u[j] <= 0 { move[j] = -u[j] }
      }
      if take(move) { return }
      length /= 2
    }
  }

  /// The step to the minimiser along the entries of `face`, whose signs are those of u.
  private func minimiser(on face: [Int], from slope: [Element]) -> [Element]? {
    guard let factor = factor(face) else { return nil }
    var step = face.map { -(slope[$0] + (u[$0] > 0 ? prices[$0] : u[$0] < 0 ? -prices[$0] : 0)) }
    var span = step.mutableSpan
    factor.solve(into: &span)
    return step.allSatisfy(\.isFinite) ? step : nil
  }

  /// The factor of H on a face. A ridge makes definite what a sample, or a direction that the loss does not see,
  /// leaves singular.
  private func factor(_ face: [Int]) -> Cholesky<Element>? {
    let largest = face.reduce(Element(0)) { max($0, hessian[$1, $1]) }
    var ridge = Element(Element.self == Float.self ? 1e-6 : 1e-12)
    for _ in 0..<4 {
      if let factor = try? Cholesky(pickBlock(hessian, face, ridge: ridge * largest)) { return factor }
      ridge *= 30
    }
    return nil
  }
}

/// The upper triangle of some rows and columns, a ridge added.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func pickBlock<Element: KernelScalar>(
  _ matrix: Matrix<Element>, _ indices: [Int], ridge: Element
) -> Matrix<Element> {
  let (size, count) = (matrix.columns, indices.count)
  let picked = [Element](unsafeUninitializedCapacity: count * count) { out, initialised in
    matrix.elements.withUnsafeBufferPointer { h in
      indices.withUnsafeBufferPointer { indices in
        for i in 0..<count {
          let (from, to) = (indices[i] * size, i * count)
          for j in 0..<i { out[to + j] = 0 }
          for j in i..<count { out[to + j] = h[from + indices[j]] }
          out[to + i] += ridge
        }
      }
    }
    initialised = count * count
  }
  return Matrix(rows: count, columns: count, elements: picked)
}
