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
  }

  /// - Parameters:
  ///   - forcing: how far the residual is to fall, relative to the gradient.
  ///   - floor: a residual that is small enough in any case.
  ///   - isStopped: asked before each product.
  func solve(
    _ gradient: [Element], forcing: Double, floor: Double, most: Int, smoothing: Bool, isStopped: () -> Bool,
    _ precondition: ([Element]) -> [Element]
  ) -> Solution {
    let product = pass.buffer(columns: pass.model.outputs)
    var iteration = ConjugateGradients(gradient.map { -$0 }, precondition)
    var smooth = iteration.residual
    var solution = Solution(
      direction: iteration.solution, scores: pass.buffer(columns: pass.model.outputs),
      smooth: iteration.solution, smoothResidual: norm(smooth))
    let goal = max(floor, forcing * solution.smoothResidual)
    while iteration.products < most, !isStopped(),
      let length = iteration.step({ multiply($0, into: &$1, scores: product) })
    {
      solution.direction = iteration.solution
      _ = pass.sweep { [scores = solution.scores] range in
        scores.update(range) { s in product.read(range) { axpy(length, $0, into: &s) } }
        return 0
      }
      if smoothing {
        smoothen(&solution, &smooth, iteration.residual)
      } else {
        (solution.smooth, smooth) = (solution.direction, iteration.residual)
      }
      solution.smoothResidual = norm(smooth)
      if solution.smoothResidual <= goal { break }
      iteration.turn(precondition)
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
}
