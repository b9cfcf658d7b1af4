internal import DescentKernels
internal import LinearAlgebra

/// The products of a linear model with all rows of some sparse features.
///
/// Forward, W is laid out with the classes of a feature side by side, `[features, stride]`, so that a nonzero meets
/// them in one place. Back, the gradient is computed by columns, each number of it once, from the slopes of all
/// rows: no lane needs a gradient of its own, and the bits do not depend on who computes which column.
final class SparseProducts<Element: KernelScalar>: @unchecked Sendable {
  private let storage: SparseStorage
  private let columns: SparseColumns
  private let model: LinearModel
  private let pool: ThreadPool
  /// Classes rounded up to whole vectors; one class stays alone, so that weights and slopes stay in the nearest caches.
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
  /// Whose slopes are computed where; nil where all are here.
  private let share: RowShare?

  init(
    _ storage: SparseStorage, _ model: LinearModel, blockRows: Int, pool: ThreadPool, share: RowShare? = nil
  ) {
    (self.storage, self.model, self.pool, self.share) = (storage, model, pool, share)
    columns = storage.byColumns
    let lanes = Element.sparseLanes
    stride = model.outputs == 1 ? 1 : (model.outputs + lanes - 1) / lanes * lanes
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
      let range = features * part / parts..<features * (part + 1) / parts
      table.update(0..<features) { to in
        withPointers(parameters.span, parameters.span, &to) { w, _, to in
          Element.sparseTable(
            to, weights: w, range: range, features: features, classes: outputs, stride: stride)
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
          withPointers(table, biases.span, &scores) { w, b, s in
            scratch.withStart { scratch in
              storage.withStarts { starts, indices in
                Element.sparseScores(
                  s, starts: starts + range.lowerBound, indices: indices, values: storage.values, table: w,
                  biases: b, scratch: scratch, rows: range.count, classes: outputs, stride: stride)
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
    if let share { slopes.complete(share) }
    let parts = share.map { self.parts(of: $0.ranks.rank, among: $0.ranks) } ?? 0..<cuts.count - 1
    gradient.withUnsafeMutableBufferPointer { gradient in
      let start = SendablePointer(pointer: gradient.baseAddress!)
      pool.run(parts.count) { [cuts, columns, slopes, scratch] task, thread in
        let part = parts.lowerBound + task
        scratch[thread].update(0..<16) { scratch in
          slopes.read(0..<slopes.rows) { slopes in
            withPointers(slopes, slopes, &scratch) { s, _, scratch in
              columns.withStarts { starts, rows in
                Element.sparseGradient(
                  start.pointer, starts: starts, rows: rows, values: columns.values, slopes: s,
                  scratch: scratch,
                  scale: factor, range: cuts[part]..<cuts[part + 1], features: features, classes: outputs,
                  stride: stride)
              }
            }
          }
        }
      }
    }
    if let share { complete(&gradient, share.ranks) }
    if storage.nonzeros == 0 { for i in 0..<features * outputs { gradient[i] = 0 } }
    for c in 0..<outputs {
      gradient[features * outputs + c] = model.hasIntercept ? Element(factor * biasSums[c]) : 0
    }
  }

  /// Whose columns of the gradient a rank computes.
  private func parts(of rank: Int, among ranks: Ranks) -> Range<Int> {
    let count = cuts.count - 1
    return count * rank / ranks.count..<count * (rank + 1) / ranks.count
  }

  /// Fills the columns of other ranks in.
  private func complete(_ gradient: inout [Element], _ ranks: Ranks) {
    let (features, outputs) = (model.inputs, model.outputs)
    let columns = (0..<ranks.count).map { rank in
      let parts = parts(of: rank, among: ranks)
      return cuts[parts.lowerBound]..<cuts[parts.upperBound]
    }
    let own = (0..<outputs).flatMap { c in columns[ranks.rank].map { gradient[c * features + $0] } }
    var all = ranks.gather(own, counts: columns.map { $0.count * outputs })[...]
    for range in columns {
      for c in 0..<outputs {
        gradient.replaceSubrange(
          c * features + range.lowerBound..<c * features + range.upperBound, with: all.prefix(range.count))
        all = all.dropFirst(range.count)
      }
    }
  }
}

/// Where tasks write, each in a part of its own.
private struct SendablePointer<Element>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Element>
}

/// Copies rows of `outputs` numbers to rows of `stride`, and adds up each column.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func copyRows<Element: KernelScalar>(
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
