internal import Glibc
internal import LinearAlgebra

/// Numbers for each row of the data, `[rows, columns]`, which the threads of a pass read and write each in its
/// own rows.
///
/// The passes hand out disjoint blocks of rows, so that two threads never meet in one; that is what makes it
/// safe to share.
final class RowBuffer<Element: KernelScalar>: @unchecked Sendable {
  let rows: Int
  let columns: Int
  /// Which rows' numbers are here; nil where all are.
  let share: RowShare?
  private let memory: UnsafeMutableRawPointer
  /// Where in the memory the first cache line begins.
  private let elements: UnsafeMutablePointer<Element>

  /// A buffer of zeros that begins at a cache line. The system finds memory for a part of it when that is first written
  /// to: what is never used costs nothing.
  init(rows: Int, columns: Int, share: RowShare? = nil) {
    (self.rows, self.columns, self.share) = (rows, columns, share)
    guard let memory = calloc(1, rows * columns * MemoryLayout<Element>.stride + cacheLine) else {
      fatalError("no memory for \(rows) rows of \(columns) numbers")
    }
    preferHugePages(memory, rows * columns * MemoryLayout<Element>.stride)
    self.memory = memory
    elements = memory.alignedUp(toMultipleOf: cacheLine).bindMemory(
      to: Element.self, capacity: rows * columns)
  }

  /// A row each for some numbers.
  convenience init(_ numbers: [Element]) {
    self.init(rows: numbers.count, columns: 1)
    elements.update(from: numbers, count: numbers.count)
  }

  /// The same numbers in another precision.
  convenience init<Other: KernelScalar>(converting other: RowBuffer<Other>) {
    self.init(rows: other.rows, columns: other.columns, share: other.share)
    for i in 0..<rows * columns { elements[i] = Element(Double(other.elements[i])) }
  }

  deinit { free(memory) }

  /// Whether it has this shape.
  func fits(rows: Int, columns: Int) -> Bool { self.rows == rows && self.columns == columns }

  /// Calls `body` with the numbers of the rows in `range`.
  func read<Result>(_ range: Range<Int>, _ body: (Span<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(rebasing: slice(range)).span)
  }

  /// Calls `body` with the numbers of the rows in `range`, to be changed.
  func update<Result>(_ range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Result) -> Result {
    let slice = UnsafeMutableBufferPointer(mutating: UnsafeBufferPointer(rebasing: slice(range)))
    var span = slice.mutableSpan
    return body(&span)
  }

  /// Overwrites the rows in `range`.
  func store(_ range: Range<Int>, _ numbers: borrowing MutableSpan<Element>) {
    let target = UnsafeMutableBufferPointer(mutating: UnsafeBufferPointer(rebasing: slice(range)))
    require(numbers.count == target.count, "\(numbers.count) numbers for \(target.count)")
    numbers.withUnsafeBufferPointer { _ = target.update(from: $0) }
  }

  /// Copies the rows in `range` out.
  func load(_ range: Range<Int>, into numbers: inout MutableSpan<Element>) {
    let source = UnsafeBufferPointer(rebasing: slice(range))
    require(numbers.count == source.count, "\(numbers.count) numbers for \(source.count)")
    numbers.withUnsafeMutableBufferPointer { _ = $0.update(from: source) }
  }

  /// Overwrites all by zeros.
  func clear() {
    UnsafeMutableRawPointer(elements).initializeMemory(
      as: UInt8.self, repeating: 0, count: rows * columns * MemoryLayout<Element>.stride)
  }

  /// All numbers, row after row.
  var all: [Element] {
    get {
      if share != nil { return whole().all }
      return Array(UnsafeBufferPointer(start: elements, count: rows * columns))
    }
    set {
      require(newValue.count == rows * columns, "\(newValue.count) numbers for \(rows * columns)")
      elements.update(from: newValue, count: newValue.count)
    }
  }

  /// All numbers, copied.
  var matrix: Matrix<Element> {
    if share != nil { return whole().matrix }
    return Matrix(rows: rows, columns: columns) { copy in
      _ = copy.initialize(fromContentsOf: UnsafeBufferPointer(start: elements, count: rows * columns))
    }
  }

  private func slice(_ range: Range<Int>) -> Slice<UnsafeBufferPointer<Element>> {
    require(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    if let share { require(share.has(range), "rows \(range), of which \(share.reach) are here") }
    return UnsafeBufferPointer(start: elements, count: rows * columns)[
      range.lowerBound * columns..<range.upperBound * columns]
  }
}

/// Asks for pages of megabytes where the system gives them: the faults of small ones cost trainings on many rows a sixth of
/// their time. Small buffers would take more memory than they have use for.
private func preferHugePages(_ memory: UnsafeMutableRawPointer, _ count: Int) {
  guard count >= 8 << 20 else { return }
  let page = Int(getpagesize())
  let first = memory.alignedUp(toMultipleOf: page)
  madvise(first, (count - (first - memory)) / page * page, MADV_HUGEPAGE)
}
