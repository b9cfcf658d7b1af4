internal import DescentKernels
internal import LinearAlgebra

/// Up to so many outputs the products are skinny, and kernels of our own beat the library's: they keep a block
/// in cache for both products and fetch the next one meanwhile (measured where they are defined).
let mostSkinnyOutputs = 40

/// Whether X·Wᵀ is for the kernels: also where the rows are so few that the library's packing of W would cost more than it
/// saves.
func isSkinnyForward(rows: Int, outputs: Int) -> Bool { outputs <= mostSkinnyOutputs || rows <= 64 }

/// Whether Sᵀ·X is, whose result is read and written once a block.
func isSkinnyBackward(rows: Int, outputs: Int) -> Bool {
  outputs <= mostSkinnyOutputs || (rows <= 32 && outputs <= 512)
}

extension FeatureBlock {
  /// scores ← X·Wᵀ + 1·bᵀ, `[rows, outputs]`, with W `[outputs, columns]`. 2·rows·columns·outputs operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func multiply(
    weights: Span<Element>, biases: Span<Element>, outputs: Int, into scores: inout MutableSpan<Element>
  ) {
    require(weights.count == outputs * columns, "\(weights.count) weights for \(outputs) × \(columns)")
    require(biases.count == outputs, "\(biases.count) biases for \(outputs) outputs")
    require(
      scores.count >= rows * outputs, "room for \(scores.count) scores, \(rows) × \(outputs) are to come")
    guard rows > 0 else { return }
    if case .sparse(let sparse) = numbers {
      repeatRow(biases, rows: rows, into: &scores)  // where no number is stored at all
      return sparse.multiply(weights: weights, biases: biases, outputs: outputs, into: &scores)
    }
    if isSkinnyForward(rows: rows, outputs: outputs), columns > 0 {
      withPointers(weights, biases, &scores) { w, b, s in
        withStarts { start, next in
          switch start {
          case .elements(let x):
            Element.scores(
              s, x: x, next: next?.of(Element.self), share: nextShare, weights: w, biases: b, rows: rows,
              features: columns, classes: outputs)
          case .bytes(let x):
            Element.scores(
              s, bytes: x, next: next?.of(UInt8.self), share: nextShare, weights: w, biases: b, rows: rows,
              features: columns, classes: outputs)
          case .singles(let x):
            Element.scores(
              s, singles: x, next: next?.of(Float.self), share: nextShare, weights: w, biases: b, rows: rows,
              features: columns, classes: outputs)
          }
        }
      }
    } else {
      repeatRow(biases, rows: rows, into: &scores)
      gemm(
        .none, .transposed, m: rows, n: outputs, k: columns, elements.span, weights, beta: 1, into: &scores)
    }
  }

  /// gradient ← gradient + scale · Sᵀ·X, `[outputs, columns]`, S `[rows, outputs]`: the transposed product.
  /// S is overwritten by scale · S.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func addTransposedProduct(
    _ slopes: inout MutableSpan<Element>, outputs: Int, scale factor: Element,
    to gradient: inout MutableSpan<Element>
  ) {
    require(gradient.count == outputs * columns, "\(gradient.count) gradients for \(outputs) × \(columns)")
    require(slopes.count >= rows * outputs, "\(slopes.count) slopes for \(rows) × \(outputs)")
    guard rows > 0 else { return }
    if case .sparse(let sparse) = numbers {
      scale(&slopes, by: factor)
      return sparse.addTransposedProduct(slopes.span, outputs: outputs, to: &gradient)
    }
    if isSkinnyBackward(rows: rows, outputs: outputs), columns > 0 {
      scale(&slopes, by: factor)
      withPointers(slopes.span, slopes.span, &gradient) { s, _, g in
        withStarts { start, next in
          switch start {
          case .elements(let x):
            Element.addGradient(
              g, slopes: s, x: x, next: next?.of(Element.self), rows: rows, features: columns,
              classes: outputs)
          case .bytes(let x):
            Element.addGradient(
              g, slopes: s, bytes: x, next: next?.of(UInt8.self), rows: rows, features: columns,
              classes: outputs)
          case .singles(let x):
            Element.addGradient(
              g, slopes: s, singles: x, next: next?.of(Float.self), rows: rows, features: columns,
              classes: outputs)
          }
        }
      }
    } else {
      gemm(
        .transposed, .none, m: outputs, n: columns, k: rows, alpha: factor, slopes.span, elements.span,
        beta: 1,
        into: &gradient)
    }
  }

  /// The numbers in the model's precision.
  private var elements: ArraySlice<Element> {
    switch numbers {
    case .elements(let elements): elements
    case .bytes(let bytes): bytes.map { Element($0) }[...]
    case .inPlace: fatalError("rows in place are for the kernels")
    case .sparse: fatalError("sparse rows have products of their own")
    }
  }
}

/// matrix ← `rows` times the row.
@specialized(where Element == Float)
@specialized(where Element == Double)
func repeatRow<Element: KernelScalar>(
  _ row: Span<Element>, rows: Int, into matrix: inout MutableSpan<Element>
) {
  precondition(matrix.count >= rows * row.count)
  row.withUnsafeBufferPointer { row in
    matrix.withUnsafeMutableBufferPointer { matrix in
      guard let from = row.baseAddress, let to = matrix.baseAddress else { return }
      for i in 0..<rows { (to + i * row.count).update(from: from, count: row.count) }
    }
  }
}
