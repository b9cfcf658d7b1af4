internal import LinearAlgebra

/// The Newton system H·D = −g over some rows, and its solution by preconditioned conjugate gradients.
struct NewtonSystem<Element: KernelScalar> {
  let pass: Pass<Element>
  let rowLoss: RowLoss
  /// ∇ℓ of the pass's rows, `[rows, outputs]`.
  let slopes: RowBuffer<Element>
  let l2: Element
  let weights: Int

  struct Solution {
    var direction: [Element]
    /// X·direction of the system's rows, `[rows, outputs]`.
    var scores: RowBuffer<Element>
    /// Of all directions met the one of smallest residual, for the certificate.
    var smooth: [Element]
    var smoothResidual: Double
    var products: Int
  }

  /// - Parameters:
  ///   - forcing: how far the residual is to fall, relative to the gradient.
  ///   - floor: a residual that is small enough in any case.
  ///   - isStopped: asked before each product.
  func solve(
    _ gradient: [Element], forcing: Double, floor: Double, most: Int, smoothing: Bool, isStopped: () -> Bool,
    _ precondition: ([Element]) -> [Element]
  ) -> Solution {
    let count = gradient.count
    let product = RowBuffer<Element>(rows: pass.rows, columns: pass.model.outputs)
    var residual = gradient.map { -$0 }
    var solution = Solution(
      direction: Array(repeating: 0, count: count),
      scores: RowBuffer(rows: pass.rows, columns: pass.model.outputs),
      smooth: Array(repeating: 0, count: count),
      smoothResidual: norm(residual), products: 0)
    var smooth = residual
    let goal = max(floor, forcing * solution.smoothResidual)
    var preconditioned = precondition(residual)
    var search = preconditioned
    var square = inner(residual, preconditioned)
    while solution.products < most, square > 0, !isStopped() {
      var image = [Element](repeating: 0, count: count)
      multiply(search, into: &image, scores: product)
      solution.products += 1
      let curvature = inner(search, image)
      guard curvature > 0, curvature.isFinite else { break }
      let length = Element(square / curvature)
      add(length, search, to: &solution.direction)
      add(-length, image, to: &residual)
      _ = pass.sweep { [scores = solution.scores] range in
        scores.update(range) { s in product.read(range) { axpy(length, $0, into: &s) } }
        return 0
      }
      if smoothing {
        smoothen(&solution, &smooth, residual)
      } else {
        (solution.smooth, smooth) = (solution.direction, residual)
      }
      solution.smoothResidual = norm(smooth)
      if solution.smoothResidual <= goal { break }
      preconditioned = precondition(residual)
      let next = inner(residual, preconditioned)
      let factor = Element(next / square)
      for i in 0..<count { search[i] = preconditioned[i] + factor * search[i] }
      square = next
    }
    return solution
  }

  /// image ← H·direction: (1/n)·Xᵀ·B·X·direction + l2·direction, the biases without l2. One pass.
  private func multiply(_ direction: [Element], into image: inout [Element], scores: RowBuffer<Element>) {
    _ = pass.run(direction, scale: rowLoss.scale(as: Element.self), gradient: &image) {
      [rowLoss, slopes] range, v in
      scores.store(range, v)
      slopes.read(range) { rowLoss.multiplyHessian(range, &v, slopes: $0) }
      return 0
    }
    for i in 0..<weights { image[i] += l2 * direction[i] }
  }

  /// Minimal residual smoothing: the point of the line to the new iterate whose residual is smallest.
  /// (Schönauer and Weiss; Zhou and Walker, Residual smoothing techniques, SIAM J. Sci. Comput. 15, 1994.)
  private func smoothen(_ solution: inout Solution, _ smooth: inout [Element], _ residual: [Element]) {
    let change = zip(residual, smooth).map { $0 - $1 }
    let square = inner(change, change)
    let t = square > 0 ? Element(-inner(smooth, change) / square) : 1
    for i in smooth.indices {
      smooth[i] += t * change[i]
      solution.smooth[i] += t * (solution.direction[i] - solution.smooth[i])
    }
  }

  private func add(_ factor: Element, _ x: [Element], to y: inout [Element]) {
    var span = y.mutableSpan
    axpy(factor, x.span, into: &span)
  }
}
