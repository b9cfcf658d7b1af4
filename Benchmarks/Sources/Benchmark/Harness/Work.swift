/// A piece of work that several contenders do.
struct Work {
  let name: String
  let shape: Shape
  /// Rows that a run goes over.
  let rows: Int
  /// Multiplications and additions of a run.
  let operations: Double
  /// Bytes that a run must at least read or write once.
  let bytes: Double
  /// How far results may lie apart, relative to the largest number of the same part.
  let tolerance: Double
  /// The first one is what the others are compared with.
  let contenders: [Contender]
}

/// One way of doing a piece of work.
struct Contender {
  /// Who takes part, as the table shows them.
  enum Way: String {
    case naive, careful
    case descent = "Descent"
  }

  let way: Way
  /// Threads it runs on at the most.
  let threads: Int
  /// Does the work once and leaves the result where ``result`` finds it.
  let run: () -> Void
  /// What the last run came to, in parts that are each compared by their own measure.
  let result: () -> [[Float]]

  init(_ way: Way, threads: Int = 1, run: @escaping () -> Void, result: @escaping () -> [[Float]]) {
    (self.way, self.threads, self.run, self.result) = (way, threads, run, result)
  }
}

/// A buffer that a contender's closures share.
final class Box<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}

extension Box<[Float]> {
  /// Calls `body` with the numbers, to be changed.
  func change(_ body: (inout MutableSpan<Float>) -> Void) {
    value.withUnsafeMutableBufferPointer {
      var span = $0.mutableSpan
      body(&span)
    }
  }
}
