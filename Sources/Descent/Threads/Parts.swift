/// Numbered things that are walked part by part, on all threads.
///
/// A part is some thousands of them, however many threads there are, and what parts come to is told in their order: the bits
/// do not depend on who had which.
struct Parts: Sendable {
  let count: Int
  let pool: ThreadPool
  private static let size = 4096

  func forEach(_ body: @Sendable (Range<Int>) -> Void) {
    pool.run((count + Self.size - 1) / Self.size) { [count] part, _ in
      body(part * Self.size..<min(count, (part + 1) * Self.size))
    }
  }

  /// `width` numbers of each part, `[parts, width]`.
  func each(_ width: Int, _ body: @Sendable (Range<Int>, inout MutableSpan<Double>) -> Void) -> [Double] {
    let found = RowBuffer<Double>(rows: (count + Self.size - 1) / Self.size, columns: width)
    forEach { range in
      let part = range.lowerBound / Self.size
      found.update(part..<part + 1) { body(range, &$0) }
    }
    return found.all
  }

  func sum(_ body: @Sendable (Range<Int>) -> Double) -> Double {
    each(1) { range, sum in sum[0] = body(range) }.reduce(0, +)
  }
}
