import Dispatch
import LinearAlgebra

/// What the machine can do, measured in the same run as all else.
struct Machine: Encodable {
  /// Floating-point operations a second of `gemm`, Float, 1024³ a thread.
  let peak: Double
  /// Bytes a second that are read, from memory.
  let read: Double
  /// Bytes a second of a copy, those read and those written.
  let copy: Double
  let threads: Int

  /// Measures with `threads` threads at a time.
  static func measure(threads: Int, rounds: Int = 5) -> Machine {
    let side = 1024
    let size = 1 << 25  // 128 MB a thread: more than any cache
    let factors = (0..<threads).map {
      (random(side * side, seed: UInt64($0)), Box([Float](repeating: 0, count: side * side)))
    }
    let memory = (0..<threads).map { _ in Box([Float](repeating: 1, count: size)) }
    let targets = (0..<threads).map { _ in Box([Float](repeating: 0, count: size)) }
    let workers = Workers(threads)

    var (peaks, reads, copies) = ([Double](), [Double](), [Double]())
    for _ in 0..<rounds {
      peaks.append(
        workers.seconds { i in
          let (a, c) = factors[i]
          c.change { gemm(m: side, n: side, k: side, a.span, a.span, into: &$0) }
        })
      reads.append(workers.seconds { i in blackHole(sum(memory[i].value)) })
      copies.append(
        workers.seconds { i in
          let source = memory[i].value
          targets[i].value.withUnsafeMutableBytes { to in source.withUnsafeBytes { to.copyMemory(from: $0) } }
        })
    }
    let (n, bytes) = (Double(threads), Double(size * MemoryLayout<Float>.size))
    return Machine(
      peak: n * 2 * 1024 * 1024 * 1024 / median(peaks), read: n * bytes / median(reads),
      copy: 2 * n * bytes / median(copies), threads: threads)
  }
}

/// Runs a body once a thread.
private struct Workers {
  let threads: Int
  init(_ threads: Int) { self.threads = threads }

  func seconds(_ body: (Int) -> Void) -> Double {
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body  // the threads touch disjoint elements
      return benchmark.seconds { DispatchQueue.concurrentPerform(iterations: threads) { body($0) } }
    }
  }
}

/// The sum, in eight registers so that nothing but memory limits it.
private func sum(_ numbers: [Float]) -> Float {
  numbers.withUnsafeBytes { bytes in
    var (a, b) = (SIMD16<Float>(), SIMD16<Float>())
    let step = 2 * MemoryLayout<SIMD16<Float>>.size
    for offset in stride(from: 0, to: bytes.count, by: step) {
      a += bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
      b += bytes.loadUnaligned(fromByteOffset: offset + step / 2, as: SIMD16<Float>.self)
    }
    return (a + b).sum()
  }
}

/// Keeps the optimiser from leaving out what nobody reads.
@inline(never) @_optimize(none)
func blackHole<Value>(_ value: Value) {}
