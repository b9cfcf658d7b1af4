/// What a pass does with the scores of some rows, behind a reference: the optimiser does not see which closure it is, and
/// compiles a pass once, not anew for each of its callers. The copies were a twentieth of all that is compiled for both
/// precisions.
final class RowWork<Element: KernelScalar>: Sendable {
  let body: Pass<Element>.Middle

  init(_ body: @escaping Pass<Element>.Middle) { self.body = body }
}

extension Pass {
  func run(
    _ parameters: [Element], scale: Element, gradient: inout [Element], _ middle: Middle
  ) -> Double {
    withoutActuallyEscaping(middle) { run(parameters, scale: scale, gradient: &gradient, RowWork($0)) }
  }

  func forward(_ parameters: [Element], _ middle: Middle) -> Double {
    withoutActuallyEscaping(middle) { forward(parameters, RowWork($0)) }
  }

  func backward(scale: Element, gradient: inout [Element], _ fill: Middle) -> Double {
    withoutActuallyEscaping(fill) { backward(scale: scale, gradient: &gradient, RowWork($0)) }
  }
}
