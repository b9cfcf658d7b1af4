public import LinearAlgebra

/// A block of rows on its way into a model, `[rows, columns]`: in the model's precision, or the bytes they are
/// stored as.
public struct FeatureBlock<Element: KernelScalar>: Sendable {
  public enum Numbers: Sendable {
    case elements(ArraySlice<Element>)
    case bytes(ArraySlice<UInt8>)
    /// The numbers that are not zeros alone.
    case sparse(SparseRows<Element>)

    var count: Int {
      switch self {
      case .elements(let elements): elements.count
      case .bytes(let bytes): bytes.count
      case .sparse(let rows): rows.rows * rows.columns
      }
    }
  }

  public let rows: Int
  public let columns: Int
  public let numbers: Numbers
  /// The block that comes next, where it lies in memory: products fetch it into the cache meanwhile.
  let next: Numbers?
  /// The scores fetch one part in so many of it: 1, or 2 where a gradient follows, which fetches the other half.
  let nextShare: Int

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

extension FeatureBlock.Numbers {
  var elements: ArraySlice<Element>? { if case .elements(let elements) = self { elements } else { nil } }
  var bytes: ArraySlice<UInt8>? { if case .bytes(let bytes) = self { bytes } else { nil } }
}

extension ArraySlice {
  /// Calls `body` with where these numbers start, and where `next` does.
  func withStarts(
    _ next: ArraySlice?, _ body: (UnsafePointer<Element>, UnsafePointer<Element>?) -> Void
  ) {
    withUnsafeBufferPointer { here in
      guard let start = here.baseAddress else { return }
      guard let next else { return body(start, nil) }
      next.withUnsafeBufferPointer { body(start, $0.baseAddress) }
    }
  }
}
