import Dispatch
import LinearAlgebra

/// The matrix products of an epoch of a network with one hidden layer and nothing else: what no training can undercut.
/// Each thread has its share of every batch of 128 rows, and waits for nobody.
func matrixProducts(_ data: WorkerData, _ threads: Int) -> () -> Answer {
  let (rows, inputs, hidden, outputs) = (128 / threads, data.columns, max(1, data.hidden), data.classes)
  let batches = data.labels.count / 128
  @Sendable func numbers(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 17) / 100 } }
  let (x, w, v) = (numbers(rows * inputs), numbers(hidden * inputs), numbers(outputs * hidden))
  return {
    let time = seconds {
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        var (h, s) = (numbers(rows * hidden), numbers(rows * outputs))
        var (dw, dv) = (numbers(hidden * inputs), numbers(outputs * hidden))
        for _ in 0..<batches {
          product(.none, .transposed, rows, hidden, inputs, x, w, &h)
          product(.none, .transposed, rows, outputs, hidden, h, v, &s)
          product(.transposed, .none, outputs, hidden, rows, s, h, &dv)
          product(.none, .none, rows, hidden, outputs, s, v, &h)
          product(.transposed, .none, hidden, inputs, rows, h, x, &dw)
        }
        blackHole(dw[0] + dv[0])
      }
    }
    return Answer(seconds: time, result: [])
  }
}

/// c ← op(a)·op(b)
private func product(
  _ opA: Transposition, _ opB: Transposition, _ m: Int, _ n: Int, _ k: Int, _ a: [Float], _ b: [Float],
  _ c: inout [Float]
) {
  var target = c.mutableSpan
  gemm(opA, opB, m: m, n: n, k: k, a.span, b.span, into: &target)
}
