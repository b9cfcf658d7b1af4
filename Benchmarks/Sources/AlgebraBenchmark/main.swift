// LinearAlgebra beside C that calls CBLAS and LAPACKE, naive Swift, and NumPy where a Python with it is named; all on the
// same matrices, in turns. scripts/benchmark --algebra runs it. On one thread times are the processor's, which other
// programs do not lengthen; on more they are the clock's.
//
//   AlgebraBenchmark THREADS [PYTHON SCRIPT] [N ...]

import AlgebraInC
import Foundation
import LinearAlgebra

// As a program that cares does. C is in the same process; NumPy's wheels bring an OpenBLAS of their own.
let kernels = BLAS.useNewestKernels()
let arguments = Array(CommandLine.arguments.dropFirst())
let threads = arguments.first.flatMap { Int($0) } ?? 2
let sizes = arguments.dropFirst().compactMap { Int($0) }
let words = arguments.filter { Int($0) == nil }
let numpy = words.count < 2 ? nil : try NumPy(python: words[0], script: words[1], threads: threads)
BLAS.threads = threads

func now() -> Double {
  var time = timespec()
  clock_gettime(threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func seconds(_ repeats: Int, _ run: () -> Void) -> Double {
  let start = now()
  for _ in 0..<repeats { run() }
  return (now() - start) / Double(repeats)
}

func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

func shown(_ seconds: Double?) -> String {
  guard let seconds else { return "" }
  let (value, unit) =
    seconds < 1e-6 ? (seconds * 1e9, "ns") : seconds < 1e-3 ? (seconds * 1e6, "µs") : (seconds * 1e3, "ms")
  return String(format: value < 10 ? "%.2f \(unit)" : value < 100 ? "%.1f \(unit)" : "%.0f \(unit)", value)
}

func times(_ ratio: Double?) -> String { ratio.map { String(format: $0 < 10 ? "%.2f" : "%.0f", $0) } ?? "" }

print("| task | n | C | LinearAlgebra | of C's speed | NumPy | × NumPy | naive Swift | × naive |")
print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
for n in sizes.isEmpty ? [2, 4, 8, 16, 32, 64, 128, 256, 512, 1000] : sizes {
  for task in AlgebraTask.all(n) {
    let ways = task.ways.filter { $0.way != .naive || AlgebraTask.isForNaive(n) }
    let answers = ways.map { $0.run() }
    for (way, answer) in zip(ways, answers) {
      for (number, wanted) in zip(answer, answers[0]) {
        guard abs(number - wanted) <= 1e-9 * max(abs(answers[0][0]), abs(wanted), 1) else {
          fatalError("\(task.name) \(n): \(way.way.rawValue) gives \(number), C \(wanted)")
        }
      }
    }
    // Samples of some milliseconds each, in turns, because machines drift.
    let repeats = ways.map { way in
      let once = (0..<5).map { _ in seconds(1) { _ = way.run() } }.min() ?? 1
      return max(1, Int(0.004 / max(once, 1e-8)))
    }
    let rounds = n >= 500 ? 7 : 15
    var samples = [AlgebraTask.Way: [Double]]()
    _ = numpy?.seconds(task, repeats: 1)
    for _ in 0..<rounds {
      for (way, count) in zip(ways, repeats) {
        samples[way.way, default: []].append(seconds(count) { _ = way.run() })
      }
      if let numpy { samples[.numpy, default: []].append(numpy.seconds(task, repeats: repeats[0])) }
    }
    let time = samples.mapValues(median)
    // Of neighbours in time, so that drift cancels.
    func ratio(_ way: AlgebraTask.Way) -> Double? {
      samples[way].map { median(zip($0, samples[.library] ?? []).map { $0 / $1 }) }
    }
    print(
      "| \(task.name) | \(n) | \(shown(time[.c])) | \(shown(time[.library])) | \(times(ratio(.c))) "
        + "| \(shown(time[.numpy])) | \(times(ratio(.numpy))) | \(shown(time[.naive])) | \(times(ratio(.naive))) |"
    )
  }
}

print("\n| solved in place, n | time | allocations a run |\n|---|--:|--:|")
for n in [2, 3, 4, 6, 8, 16, 32] {
  let (time, allocations) = inPlace(n)
  print("| \(n) | \(shown(time)) | \(allocations) |")
}
if let kernels { print("\nC and LinearAlgebra run OpenBLAS's kernels for \(kernels).") }
