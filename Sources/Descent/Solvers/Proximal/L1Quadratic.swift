internal import LinearAlgebra

/// The problem min over u of gᵀ(u − w) + ½(u − w)ᵀH(u − w) + Σ price_j·|u_j|, H dense, and its solution.
///
/// Sweeps of coordinate descent find which entries are zero and the others' signs; on the face that they name
/// the problem is a linear system, solved by Cholesky and projected back where a sign would change.
/// (Friedman, Hastie and Tibshirani, Regularization Paths via Coordinate Descent, J. Stat. Softw. 33, 2010;
/// the projected face step: Byrd, Chin, Nocedal and Oztoprak 2016, section 3.)
struct L1Quadratic<Element: KernelScalar> {
  private let hessian: Matrix<Element>
  private let prices: [Element]
  private let w: [Element]
  private(set) var u: [Element]
  /// u − w, with all the digits of a small step.
  private(set) var change: [Element]
  /// g + H(u − w)
  private var slope: [Element]

  init(_ hessian: Matrix<Element>, gradient: [Element], at w: [Element], prices: [Element]) {
    (self.hessian, self.prices, self.w) = (hessian, prices, w)
    (u, slope) = (w, gradient)
    change = Array(repeating: 0, count: w.count)
  }

  /// Until the stationarity residual has fallen by `factor`, and mostly
  /// far below that, as a face's system solves it: outer steps that depend on curvature that jumps want it so.
  mutating func solve(factor: Double, isStopped: () -> Bool) {
    if u.isEmpty { return }
    let goal = factor * residual
    var (least, barren) = (residual, 0)
    for _ in 0..<30 where barren < 8 && !isStopped() {
      sweep()
      sweep()
      stepOnFace()
      let reached = residual
      if reached <= goal { return }
      barren = reached < 0.9 * least ? 0 : barren + 1
      least = min(least, reached)
    }
  }

  /// Until the stationarity residual is no more than `goal`. As long as sweeps halve it they are cheaper than a face's
  /// system.
  mutating func solve(to goal: Double, isStopped: () -> Bool) {
    if u.isEmpty { return }
    var last = residual
    var (least, barren) = (last, 0)
    var faces = 0
    while last > goal, faces < 30, barren < 8, !isStopped() {
      sweep()
      sweep()
      var reached = residual
      if reached > goal, reached > 0.5 * last {
        stepOnFace()
        faces += 1
        reached = residual
        barren = reached < 0.9 * least ? 0 : barren + 1
      }
      (last, least) = (reached, min(least, reached))
    }
  }

  /// The largest entry of the subgradient of least norm.
  private var residual: Double { stationarity(u, slope, prices) }

  /// One round of exact minimisation by each entry.
  private mutating func sweep() {
    let (size, h) = (u.count, hessian.elements)
    for j in 0..<size {
      let curvature = h[h.startIndex + j * size + j]
      guard curvature > 0 else { continue }
      // To a minimum right of 0 or left of it, else to 0.
      let right = change[j] - (slope[j] + prices[j]) / curvature
      let left = change[j] - (slope[j] - prices[j]) / curvature
      let next = w[j] + right > 0 ? right : w[j] + left < 0 ? left : -w[j]
      guard next != change[j] else { continue }
      add(next - change[j], row: j, to: &slope)
      put(j, next)
    }
  }

  private mutating func put(_ j: Int, _ next: Element) { (change[j], u[j]) = (next, w[j] + next) }

  private func add(_ factor: Element, row j: Int, to slope: inout [Element]) {
    var span = slope.mutableSpan
    let row = hessian.elements[
      hessian.elements.startIndex + j * u.count..<hessian.elements.startIndex + (j + 1) * u.count]
    axpy(factor, row.span, into: &span)
  }

  /// The minimiser on the face of u, or the longest part of the way there that is downhill after projection.
  private mutating func stepOnFace() {
    let face = u.indices.filter { u[$0] != 0 || prices[$0] == 0 }
    guard let factor = factor(face) else { return }
    let signs = face.map { u[$0] > 0 ? prices[$0] : u[$0] < 0 ? -prices[$0] : 0 }
    var step = face.indices.map { -(slope[face[$0]] + signs[$0]) }
    var span = step.mutableSpan
    factor.solve(into: &span)
    guard step.allSatisfy(\.isFinite) else { return }
    var length: Element = 1
    for _ in 0..<6 {
      var move = [Element](repeating: 0, count: u.count)
      var cost = 0.0
      for (i, j) in face.enumerated() {
        move[j] = length * step[i]
        if prices[j] > 0, (u[j] + move[j]) * u[j] <= 0 { move[j] = -u[j] }
        // The sign stays.
        cost += Double(u[j] > 0 ? prices[j] : -prices[j]) * Double(move[j])
      }
      let image = hessian.multiplied(by: move)
      cost += inner(slope, move) + 0.5 * inner(image, move)
      if cost < 0 {
        for j in face { put(j, u[j] + move[j] == 0 ? -w[j] : change[j] + move[j]) }
        for j in u.indices { slope[j] += image[j] }
        return
      }
      length /= 2
    }
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

/// The largest entry of the least subgradient of a smooth function, of gradient `slope`, plus Σ prices·|u|.
@specialized(where Element == Float)
@specialized(where Element == Double)
func stationarity<Element: KernelScalar>(_ u: [Element], _ slope: [Element], _ prices: [Element]) -> Double {
  var largest: Element = 0
  for j in u.indices {
    let excess =
      u[j] > 0 ? abs(slope[j] + prices[j]) : u[j] < 0 ? abs(slope[j] - prices[j]) : abs(slope[j]) - prices[j]
    largest = max(largest, excess)
  }
  return Double(largest)
}
