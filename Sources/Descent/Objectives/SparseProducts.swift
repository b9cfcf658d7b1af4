internal import DescentKernels
internal import LinearAlgebra

/// The products of a linear model with all rows of some sparse features.
///
/// Forward, W is laid out with the classes of a feature side by side, `[features, stride]`, so that a nonzero meets
/// them in one place. Back, the gradient is computed by columns, each number of it once, from the slopes of all
/// rows: no lane needs a gradient of its own, and the bits do not depend on who computes which column.
final class SparseProducts<Element: Scalar>: @unchecked Sendable {
  private let storage: SparseStorage
  private let columns: SparseColumns
  private let model: LinearModel
  private let pool: ThreadPool
  /// Classes rounded up to whole vectors.
  let stride: Int
  /// W as `[features, stride]`.
  private let table: RowBuffer<Element>
  private var biases: [Element]
  /// The slopes of all rows, `[rows, stride]`.
  private let slopes: RowBuffer<Element>
  /// A block's scores, and the kernels' scratch, a thread.
  private let scores: [RowBuffer<Element>]
  private let scratch: [RowBuffer<Element>]
  /// Columns that a task computes the gradient of.
  private let cuts: [Int]

  init(_ storage: SparseStorage, _ model: LinearModel, blockRows: Int, pool: ThreadPool) {
    (self.storage, self.model, self.pool) = (storage, model, pool)
    columns = storage.byColumns
    let half = Element.self == Float.self ? 8 : 4
    stride = (model.outputs + half - 1) / half * half
    table = RowBuffer(rows: model.inputs, columns: stride)
    biases = Array(repeating: 0, count: stride)
    slopes = RowBuffer(rows: storage.rows, columns: stride)
    scores = (0..<pool.threads).map { [outputs = model.outputs] _ in
      RowBuffer(rows: blockRows, columns: outputs)
    }
    scratch = (0..<pool.threads).map { [stride] _ in RowBuffer(rows: 16, columns: stride) }
    cuts = Self.cuts(columns.starts, parts: 64)
  }

  /// Columns cut so that each part has about as many nonzeros and columns.
  private static func cuts(_ starts: [Int], parts: Int) -> [Int] {
    let columns = starts.count - 1
    let total = starts[columns] + 4 * columns
    var (cuts, next) = ([0], 1)
    for j in 0..<columns where starts[j + 1] + 4 * (j + 1) >= next * total / parts {
      cuts.append(j + 1)
      while starts[j + 1] + 4 * (j + 1) >= next * total / parts { next += 1 }
    }
    if cuts.last != columns { cuts.append(columns) }
    return cuts
  }

  /// Takes up the parameters, for ``score(_:thread:)``.
  func load(_ parameters: [Element]) {
    for c in 0..<model.outputs { biases[c] = parameters[model.biases.lowerBound + c] }
    let (features, outputs, stride) = (model.inputs, model.outputs, stride)
    let (table, parts) = (table, 32)
    pool.run(parts) { part, _ in
      let (first, last) = (features * part / parts, features * (part + 1) / parts)
      table.update(0..<features) { to in
        withRawPointers(parameters.span, parameters.span, &to) { w, _, to in
          if Element.self == Float.self {
            descent_sparse_table_float(
              to.of(Float.self), w.of(Float.self), first, last, features, outputs, stride)
          } else {
            descent_sparse_table_double(
              to.of(Double.self), w.of(Double.self), first, last, features, outputs, stride)
          }
        }
      }
    }
  }

  /// Hands the scores `[range.count, outputs]` of some rows to `body`, which may overwrite them.
  func score(_ range: Range<Int>, thread: Int, _ body: (inout MutableSpan<Element>) -> Double) -> Double {
    let (outputs, stride, biases) = (model.outputs, stride, biases)
    return scores[thread].update(0..<range.count) { scores in
      table.read(0..<model.inputs) { table in
        scratch[thread].update(0..<16) { scratch in
          withRawPointers(table, biases.span, &scores) { w, b, s in
            scratch.withUnsafeMutableBytes { scratch in
              storage.starts.withUnsafeBufferPointer { starts in
                storage.indices.withUnsafeBufferPointer { indices in
                  guard let indices = indices.baseAddress, let scratch = scratch.baseAddress else { return }
                  let starts = starts.baseAddress! + range.lowerBound
                  switch storage.values {
                  case .float(let x):
                    if Element.self == Float.self {
                      descent_sparse_scores_float_float(
                        s.of(Float.self), starts, indices, x, w.of(Float.self), b.of(Float.self),
                        scratch.of(Float.self), range.count, outputs, stride)
                    } else {
                      descent_sparse_scores_double_float(
                        s.of(Double.self), starts, indices, x, w.of(Double.self), b.of(Double.self),
                        scratch.of(Double.self), range.count, outputs, stride)
                    }
                  case .double(let x):
                    if Element.self == Float.self {
                      descent_sparse_scores_float_double(
                        s.of(Float.self), starts, indices, x, w.of(Float.self), b.of(Float.self),
                        scratch.of(Float.self), range.count, outputs, stride)
                    } else {
                      descent_sparse_scores_double_double(
                        s.of(Double.self), starts, indices, x, w.of(Double.self), b.of(Double.self),
                        scratch.of(Double.self), range.count, outputs, stride)
                    }
                  }
                }
              }
            }
          }
        }
      }
      if storage.nonzeros == 0 { for i in 0..<scores.count { scores[i] = biases[i % outputs] } }
      return body(&scores)
    }
  }

  /// Hands room for slopes `[range.count, outputs]` to `body`, without scores in it.
  func fill(_ range: Range<Int>, thread: Int, _ body: (inout MutableSpan<Element>) -> Double) -> Double {
    scores[thread].update(0..<range.count) { body(&$0) }
  }

  /// Keeps what the last `body` left as the slopes of the rows in `range`, and adds their sums to `sums`.
  func keep(_ range: Range<Int>, thread: Int, addingTo sums: inout [Double]) {
    let (outputs, stride) = (model.outputs, stride)
    slopes.update(range) { slopes in
      scores[thread].read(0..<range.count) { copyRows($0, outputs, to: &slopes, stride, addingTo: &sums) }
    }
  }

  /// gradient ← scale · Sᵀ·X, `[outputs, features]`, of the slopes that were kept, then scale · sums for the biases.
  func writeGradient(scale: Element, biasSums: [Double], to gradient: inout [Element]) {
    let (features, outputs, stride) = (model.inputs, model.outputs, stride)
    let factor = Double(scale)
    let start = gradient.withUnsafeMutableBytes { SendablePointer($0.baseAddress!) }
    pool.run(cuts.count - 1) { [cuts, columns, slopes, scratch] part, thread in
      let (g, first, last) = (start.pointer, cuts[part], cuts[part + 1])
      scratch[thread].update(0..<16) { scratch in
        slopes.read(0..<slopes.rows) { slopes in
          withRawPointers(slopes, slopes, &scratch) { s, _, scratch in
            columns.starts.withUnsafeBufferPointer { starts in
              columns.rows.withUnsafeBufferPointer { rows in
                let starts = starts.baseAddress!
                guard let rows = rows.baseAddress else { return }
                switch columns.values {
                case .float(let x):
                  if Element.self == Float.self {
                    descent_sparse_gradient_float_float(
                      g.of(Float.self), starts, rows, x, s.of(Float.self), scratch.of(Float.self), factor,
                      first,
                      last, features, outputs, stride)
                  } else {
                    descent_sparse_gradient_double_float(
                      g.of(Double.self), starts, rows, x, s.of(Double.self), scratch.of(Double.self), factor,
                      first,
                      last, features, outputs, stride)
                  }
                case .double(let x):
                  if Element.self == Float.self {
                    descent_sparse_gradient_float_double(
                      g.of(Float.self), starts, rows, x, s.of(Float.self), scratch.of(Float.self), factor,
                      first,
                      last, features, outputs, stride)
                  } else {
                    descent_sparse_gradient_double_double(
                      g.of(Double.self), starts, rows, x, s.of(Double.self), scratch.of(Double.self), factor,
                      first,
                      last, features, outputs, stride)
                  }
                }
              }
            }
          }
        }
      }
    }
    if storage.nonzeros == 0 { for i in 0..<features * outputs { gradient[i] = 0 } }
    for c in 0..<outputs {
      gradient[features * outputs + c] = model.hasIntercept ? Element(factor * biasSums[c]) : 0
    }
  }
}

/// Where tasks write, each in a part of its own.
private struct SendablePointer: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  init(_ pointer: UnsafeMutableRawPointer) { self.pointer = pointer }
}

/// Copies rows of `outputs` numbers to rows of `stride`, and adds up each column.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func copyRows<Element: Scalar>(
  _ rows: Span<Element>, _ outputs: Int, to padded: inout MutableSpan<Element>, _ stride: Int,
  addingTo sums: inout [Double]
) {
  sums.withUnsafeMutableBufferPointer { sums in
    rows.withUnsafeBufferPointer { rows in
      padded.withUnsafeMutableBufferPointer { padded in
        for i in 0..<rows.count / outputs {
          for c in 0..<outputs {
            let slope = rows[i * outputs + c]
            padded[i * stride + c] = slope
            sums[c] += Double(slope)
          }
        }
      }
    }
  }
}
