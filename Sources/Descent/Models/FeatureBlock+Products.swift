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
      withPointers { x, next, isBytes in
        withRawPointers(weights, biases, &scores) { w, b, s in
          skinnyScores(Element.self, s, x, next, nextShare, isBytes, w, b, rows, columns, outputs)
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
      return sparse.addTransposedProduct(slopes.span, outputs: outputs, scale: 1, to: &gradient)
    }
    if isSkinnyBackward(rows: rows, outputs: outputs), columns > 0 {
      scale(&slopes, by: factor)
      withPointers { x, next, isBytes in
        withRawPointers(slopes.span, slopes.span, &gradient) { s, _, g in
          skinnyGradient(Element.self, g, s, x, next, isBytes, rows, columns, outputs)
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
    case .sparse: fatalError("sparse rows have products of their own")
    }
  }

  /// Calls `body` with where the block and the next one start.
  private func withPointers(_ body: (UnsafeRawPointer, UnsafeRawPointer?, Bool) -> Void) {
    switch (numbers, next) {
    case (.elements(let block), .elements(let next)?):
      block.withUnsafeBytes { x in next.withUnsafeBytes { body(x.baseAddress!, $0.baseAddress!, false) } }
    case (.elements(let block), _): block.withUnsafeBytes { body($0.baseAddress!, nil, false) }
    case (.bytes(let block), .bytes(let next)?):
      block.withUnsafeBytes { x in next.withUnsafeBytes { body(x.baseAddress!, $0.baseAddress!, true) } }
    case (.sparse, _): fatalError("sparse rows have products of their own")
    case (.bytes(let block), _): block.withUnsafeBytes { body($0.baseAddress!, nil, true) }
    }
  }
}

/// matrix ← `rows` times the row.
@specialized(where Element == Float)
@specialized(where Element == Double)
func repeatRow<Element: Scalar>(
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

func withRawPointers<Element: Scalar>(
  _ a: Span<Element>, _ b: Span<Element>, _ c: inout MutableSpan<Element>,
  _ body: (UnsafeRawPointer, UnsafeRawPointer, UnsafeMutableRawPointer) -> Void
) {
  a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      c.withUnsafeMutableBytes { c in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
        body(a, b, c)
      }
    }
  }
}

/// The one of four kernels that fits.
func skinnyScores<Element: Scalar>(
  _: Element.Type, _ s: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ next: UnsafeRawPointer?,
  _ share: Int, _ isBytes: Bool,
  _ w: UnsafeRawPointer, _ b: UnsafeRawPointer, _ rows: Int, _ columns: Int, _ outputs: Int
) {
  if Element.self == Float.self {
    let (s, w, b) = (
      s.of(Float.self), w.of(Float.self),
      b.of(Float.self)
    )
    if isBytes {
      descent_scores_bytes_float(
        s, x.of(UInt8.self), next?.of(UInt8.self), share, w, b, rows, columns, outputs)
    } else {
      descent_scores_float(s, x.of(Float.self), next?.of(Float.self), share, w, b, rows, columns, outputs)
    }
  } else {
    let (s, w, b) = (
      s.of(Double.self), w.of(Double.self),
      b.of(Double.self)
    )
    if isBytes {
      descent_scores_bytes_double(
        s, x.of(UInt8.self), next?.of(UInt8.self), share, w, b, rows, columns, outputs)
    } else {
      descent_scores_double(s, x.of(Double.self), next?.of(Double.self), share, w, b, rows, columns, outputs)
    }
  }
}

func skinnyGradient<Element: Scalar>(
  _: Element.Type, _ g: UnsafeMutableRawPointer, _ s: UnsafeRawPointer, _ x: UnsafeRawPointer,
  _ next: UnsafeRawPointer?, _ isBytes: Bool, _ rows: Int, _ columns: Int, _ outputs: Int
) {
  if Element.self == Float.self {
    let g = g.of(Float.self)
    if isBytes {
      descent_gradient_bytes_float(
        g, s.of(Float.self), x.of(UInt8.self), next?.of(UInt8.self), rows, columns, outputs)
    } else {
      descent_gradient_float(
        g, s.of(Float.self), x.of(Float.self), next?.of(Float.self), rows, columns, outputs)
    }
  } else {
    let g = g.of(Double.self)
    if isBytes {
      descent_gradient_bytes_double(
        g, s.of(Double.self), x.of(UInt8.self), next?.of(UInt8.self), rows, columns, outputs)
    } else {
      descent_gradient_double(
        g, s.of(Double.self), x.of(Double.self), next?.of(Double.self), rows, columns, outputs)
    }
  }
}
