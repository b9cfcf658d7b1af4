import AlgebraInC
import LinearAlgebra

/// The seconds that a system takes in a loop over small ones, factored and solved in place, and the blocks of memory that
/// are asked for meanwhile.
func inPlace(_ n: Int) -> (seconds: Double, allocations: Double) {
  let a = AlgebraTask.random(n, seed: 1) + Matrix.identity(n) * 2
  let b = Array(AlgebraTask.random(n, seed: 2).elements.prefix(n))
  var (lu, x) = (try! LU(a), b)
  let runs = 40_000 / n
  func sample() -> Double {
    let start = now()
    for _ in 0..<runs {
      try! lu.refactor(a)
      for i in 0..<n { x[i] = b[i] }
      var span = x.mutableSpan
      lu.solve(into: &span)
    }
    return (now() - start) / Double(runs)
  }
  _ = sample()
  let before = c_allocations()
  _ = sample()
  let allocations = Double(c_allocations() - before) / Double(runs)
  return (median((0..<15).map { _ in sample() }), allocations)
}
