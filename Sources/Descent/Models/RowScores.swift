internal import LinearAlgebra

/// scores ← W·x + b of one row, with W `[scores.count, x.count]`. 2·features·outputs operations.
@specialized(where Element == Float)
@specialized(where Element == Double)
func rowScores<Element: Scalar>(
  _ x: Span<Element>, weights: Span<Element>, biases: Span<Element>, into scores: inout MutableSpan<Element>
) {
  let (columns, outputs) = (x.count, scores.count)
  require(weights.count == outputs * columns, "\(weights.count) weights for \(outputs) × \(columns)")
  require(biases.count == outputs, "\(biases.count) biases for \(outputs) outputs")
  if outputs <= mostSkinnyOutputs, columns > 0, outputs > 0 {
    x.withUnsafeBytes { x in
      weights.withUnsafeBytes { w in
        biases.withUnsafeBytes { b in
          scores.withUnsafeMutableBytes { s in
            skinnyScores(
              Element.self, s.baseAddress!, x.baseAddress!, nil, 1, false, w.baseAddress!, b.baseAddress!, 1,
              columns, outputs)
          }
        }
      }
    }
  } else {
    for c in 0..<outputs { scores[c] = biases[c] }
    gemv(rows: outputs, columns: columns, weights, x, beta: 1, into: &scores)
  }
}
