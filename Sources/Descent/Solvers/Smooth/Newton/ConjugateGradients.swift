internal import LinearAlgebra

/// The system A·x = b, A symmetric and positive definite, by preconditioned conjugate gradients from 0: a step, a look
/// at what is left, and a turn, until the caller has enough.
///
/// ```swift
/// var iteration = ConjugateGradients(b, precondition)
/// while iteration.products < most, iteration.step(multiply) != nil {
///   if norm(iteration.residual) <= goal { break }
///   iteration.turn(precondition)
/// }
/// ```
/// (Hestenes and Stiefel 1952; Golub and Van Loan, Matrix Computations, section 11.5.)
struct ConjugateGradients<Element: KernelScalar> {
  /// x so far.
  private(set) var solution: [Element]
  /// b − A·x
  private(set) var residual: [Element]
  /// Products with A made.
  private(set) var products = 0
  private var search: [Element]
  private var image: [Element]
  /// ⟨residual, preconditioned residual⟩
  private var square: Double

  init(_ right: [Element], _ precondition: ([Element]) -> [Element]) {
    residual = right
    search = precondition(right)
    square = inner(right, search)
    solution = Array(repeating: 0, count: right.count)
    image = solution
  }

  /// Moves along the search direction to the minimum there, and returns the length; nil where A or the preconditioner
  /// shows no curvature along it: rounding, or a singular A, is at its end.
  mutating func step(_ multiply: (_ search: [Element], _ image: inout [Element]) -> Void) -> Element? {
    guard square > 0 else { return nil }
    multiply(search, &image)
    products += 1
    let curvature = inner(search, image)
    guard curvature > 0, curvature.isFinite else { return nil }
    let length = Element(square / curvature)
    Self.add(length, search, to: &solution)
    Self.add(-length, image, to: &residual)
    return length
  }

  /// To the next search direction.
  mutating func turn(_ precondition: ([Element]) -> [Element]) {
    let preconditioned = precondition(residual)
    let next = inner(residual, preconditioned)
    let factor = Element(next / square)
    for i in search.indices { search[i] = preconditioned[i] + factor * search[i] }
    square = next
  }

  private static func add(_ factor: Element, _ x: [Element], to y: inout [Element]) {
    var span = y.mutableSpan
    axpy(factor, x.span, into: &span)
  }
}
