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
func multiply<Element: KernelScalar>(
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
    let hasNext = x.count >= 2 * rows * inputs
    x.withUnsafeBufferPointer { buffer in
      guard let x = buffer.baseAddress else { return }
      withPointers(weights, biases, &outputs) { w, b, s in
        Element.scores(
          s, x: x, next: hasNext ? x + rows * inputs : nil, share: 1, weights: w, biases: b, rows: rows,
          features: inputs, classes: count)
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
func addTransposedProduct<Element: KernelScalar>(
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
    x.withUnsafeBufferPointer { buffer in
      guard let x = buffer.baseAddress else { return }
      withPointers(slopes.span, slopes.span, &gradient) { s, _, g in
        Element.addGradient(g, slopes: s, x: x, next: nil, rows: rows, features: inputs, classes: count)
      }
    }
  } else {
    gemm(
      .transposed, .none, m: count, n: inputs, k: rows, alpha: factor, slopes.span, x, beta: 1,
      into: &gradient)
  }
}
