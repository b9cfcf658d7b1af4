internal import LinearAlgebra

// The products of an affine layer over spans: those of FeatureBlock+Products, for rows that are no data.

/// X is `[rows, inputs]`, W `[outputs, inputs]`.
struct ProductShape {
  let rows, inputs, outputs: Int
  var weights: Int { outputs * inputs }
}

/// outputs ← X·Wᵀ + 1·bᵀ, `[rows, outputs]`. If `x` holds as many rows again, these are fetched meanwhile.
@specialized(where Element == Float)
@specialized(where Element == Double)
func multiply<Element: Scalar>(
  _ x: Span<Element>, weights: Span<Element>, biases: Span<Element>,
  into outputs: inout MutableSpan<Element>, _ shape: ProductShape
) {
  let (rows, inputs, count) = (shape.rows, shape.inputs, shape.outputs)
  require(x.count >= rows * inputs, "\(x.count) inputs for \(rows) × \(inputs)")
  require(weights.count == shape.weights, "\(weights.count) weights for \(count) × \(inputs)")
  require(biases.count == count, "\(biases.count) biases for \(count) outputs")
  require(outputs.count >= rows * count, "room for \(outputs.count) outputs, \(rows) × \(count) are to come")
  guard rows > 0 else { return }
  if isSkinnyForward(rows: rows, outputs: count), inputs > 0 {
    let next = x.count >= 2 * rows * inputs ? rows * inputs * MemoryLayout<Element>.size : nil
    x.withUnsafeBytes { x in
      withRawPointers(weights, biases, &outputs) { w, b, s in
        let start = x.baseAddress!
        skinnyScores(Element.self, s, start, next.map { start + $0 }, 1, false, w, b, rows, inputs, count)
      }
    }
  } else {
    repeatRow(biases, rows: rows, into: &outputs)
    gemm(
      .none, .transposed, m: rows, n: count, k: inputs, x.extracting(0..<rows * inputs), weights, beta: 1,
      into: &outputs)
  }
}

/// gradient ← gradient + scale · Sᵀ·X, `[outputs, inputs]`, with S `[rows, outputs]`, which is overwritten.
@specialized(where Element == Float)
@specialized(where Element == Double)
func addTransposedProduct<Element: Scalar>(
  _ slopes: inout MutableSpan<Element>, _ x: Span<Element>, scale factor: Element,
  to gradient: inout MutableSpan<Element>, _ shape: ProductShape
) {
  let (rows, inputs, count) = (shape.rows, shape.inputs, shape.outputs)
  require(x.count >= rows * inputs, "\(x.count) inputs for \(rows) × \(inputs)")
  require(gradient.count == shape.weights, "\(gradient.count) gradients for \(count) × \(inputs)")
  require(slopes.count >= rows * count, "\(slopes.count) slopes for \(rows) × \(count)")
  guard rows > 0 else { return }
  if isSkinnyBackward(rows: rows, outputs: count), inputs > 0 {
    scale(&slopes, by: factor)
    x.withUnsafeBytes { x in
      withRawPointers(slopes.span, slopes.span, &gradient) { s, _, g in
        skinnyGradient(Element.self, g, s, x.baseAddress!, nil, false, rows, inputs, count)
      }
    }
  } else {
    gemm(
      .transposed, .none, m: count, n: inputs, k: rows, alpha: factor, slopes.span, x, beta: 1,
      into: &gradient)
  }
}
