public import LinearAlgebra

/// A block of rows on its way into a model, `[rows, columns]`: in the model's precision, or the bytes they are
/// stored as.
public struct FeatureBlock<Element: KernelScalar>: Sendable {
  /// The forms in which a block may hold its numbers, all of them row after row.
  public enum Numbers: Sendable {
    /// In the model's precision, `rows * columns` of them.
    case elements(ArraySlice<Element>)
    /// A byte a number, 0 to 255: products convert them to the model's precision.
    case bytes(ArraySlice<UInt8>)
    /// Where they lie, in a type that the products convert from.
    case inPlace(RowsInPlace)
    /// The numbers that are not zeros alone.
    case sparse(SparseRows<Element>)

    var count: Int {
      switch self {
      case .elements(let elements): elements.count
      case .bytes(let bytes): bytes.count
      case .inPlace(let rows): rows.count
      case .sparse(let rows): rows.rows * rows.columns
      }
    }
  }

  /// Rows of this block, not of the data set.
  public let rows: Int
  /// Features a row, as many as the model's inputs.
  public let columns: Int
  /// `[rows, columns]`, row after row; sparse rows leave their zeros out.
  public let numbers: Numbers
  /// The block that comes next, where it lies in memory: products fetch it into the cache meanwhile.
  let next: Numbers?
  /// The scores fetch one part in so many of it: 1, or 2 where a gradient follows, which fetches the other half.
  let nextShare: Int

  /// A block by itself, with none to fetch after it. Traps unless there are `rows * columns` numbers.
  public init(rows: Int, columns: Int, _ numbers: Numbers) {
    self.init(rows: rows, columns: columns, numbers, next: nil)
  }

  /// The rows of a matrix, not copied.
  public init(_ matrix: Matrix<Element>) {
    self.init(rows: matrix.rows, columns: matrix.columns, .elements(matrix.elements))
  }

  init(rows: Int, columns: Int, _ numbers: Numbers, next: Numbers?, nextShare: Int = 1) {
    require(
      numbers.count == rows * columns,
      "\(rows) rows of \(columns) features need \(rows * columns) numbers, "
        + "not \(numbers.count)")
    (self.rows, self.columns, self.numbers) = (rows, columns, numbers)
    // A shorter block cannot be fetched by the measure of this one.
    self.nextShare = nextShare
    self.next = next.flatMap { $0.count >= numbers.count ? $0 : nil }
  }
}

/// Where the numbers of a block start, by their type.
enum BlockStart<Element: KernelScalar> {
  case elements(UnsafePointer<Element>)
  case bytes(UnsafePointer<UInt8>)
  case singles(UnsafePointer<Float>)
}

extension FeatureBlock {
  /// Calls `body` with where the numbers of a block for the kernels start, and where the next one's do.
  func withStarts(_ body: (BlockStart<Element>, _ next: UnsafeRawPointer?) -> Void) {
    numbers.withStart { start in
      guard let next else { return body(start, nil) }
      next.withStart {
        switch $0 {
        case .elements(let next): body(start, UnsafeRawPointer(next))
        case .bytes(let next): body(start, UnsafeRawPointer(next))
        case .singles(let next): body(start, UnsafeRawPointer(next))
        }
      }
    }
  }
}

extension FeatureBlock.Numbers {
  fileprivate func withStart(_ body: (BlockStart<Element>) -> Void) {
    switch self {
    case .elements(let elements):
      elements.withUnsafeBufferPointer { if let start = $0.baseAddress { body(.elements(start)) } }
    case .bytes(let bytes):
      bytes.withUnsafeBufferPointer { if let start = $0.baseAddress { body(.bytes(start)) } }
    case .inPlace(let rows):
      rows.withStart {
        switch rows.kind {
        case .bytes: body(.bytes($0.of(UInt8.self)))
        case .singles where Element.self == Double.self: body(.singles($0.of(Float.self)))
        case .singles, .doubles: body(.elements($0.of(Element.self)))
        }
      }
    case .sparse: break
    }
  }
}
