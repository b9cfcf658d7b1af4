internal import LinearAlgebra

/// The problem min over u of gᵀ(u − w) + ½(u − w)ᵀH(u − w) + Σ price_j·|u_j|, H dense, and its solution.
///
/// Sweeps of coordinate descent find which entries are zero and the others' signs; on the face that they name
/// the problem is a linear system, see ``stepOnFace()``.
/// (Friedman, Hastie and Tibshirani, Regularization Paths via Coordinate Descent, J. Stat. Softw. 33, 2010.)
struct L1Quadratic<Element: KernelScalar> {
  let hessian: Matrix<Element>
  let prices: [Element]
  private let w: [Element]
  private(set) var u: [Element]
  /// u − w, with all the digits of a small step.
  private(set) var change: [Element]
  /// g + H(u − w)
  private(set) var slope: [Element]

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

  /// Moves where that lowers the model, and says whether it did. Entries go to 0 at the furthest.
  mutating func take(_ move: [Element]) -> Bool {
    let image = hessian.multiplied(by: move)
    var cost = inner(slope, move) + 0.5 * inner(image, move)
    // The sign stays.
    for j in u.indices { cost += Double(u[j] > 0 ? prices[j] : -prices[j]) * Double(move[j]) }
    guard cost < 0 else { return false }
    for j in u.indices where move[j] != 0 { put(j, u[j] + move[j] == 0 ? -w[j] : change[j] + move[j]) }
    for j in u.indices { slope[j] += image[j] }
    return true
  }

  private func add(_ factor: Element, row j: Int, to slope: inout [Element]) {
    var span = slope.mutableSpan
    let row = hessian.elements[
      hessian.elements.startIndex + j * u.count..<hessian.elements.startIndex + (j + 1) * u.count]
    axpy(factor, row.span, into: &span)
  }
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
