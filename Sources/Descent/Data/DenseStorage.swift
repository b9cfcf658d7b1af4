internal import LinearAlgebra

/// Dense rows in memory, in their stored type.
public struct DenseStorage<Stored: StoredNumber>: FeatureStorage {
  public let rows: Int
  public let columns: Int
  let elements: ArraySlice<Stored>
  let memo = StorageMemo()

  /// `elements` holds `rows * columns` numbers, row after row; they are not copied.
  public init(rows: Int, columns: Int, elements: ArraySlice<Stored>) {
    precondition(
      elements.count == rows * columns,
      "\(rows) rows of \(columns) features need \(rows * columns) elements, not \(elements.count)")
    (self.rows, self.columns, self.elements) = (rows, columns, elements)
  }

  /// Rows that `initialize` writes, all `rows * columns` numbers, into memory that suits the products: it begins at a
  /// cache line, which those of Swift's own arrays do not, and makes training faster by some percent.
  public init(
    rows: Int, columns: Int, initializingWith initialize: (UnsafeMutableBufferPointer<Stored>) throws -> Void
  ) rethrows {
    self.init(
      rows: rows, columns: columns,
      elements: try .aligned(count: rows * columns, initializingWith: initialize))
  }

  @specialized(where Stored == UInt8, Element == Float)
  @specialized(where Stored == UInt8, Element == Double)
  @specialized(where Stored == Float16, Element == Float)
  @specialized(where Stored == Float16, Element == Double)
  @specialized(where Stored == Float, Element == Float)
  @specialized(where Stored == Float, Element == Double)
  @specialized(where Stored == Double, Element == Float)
  @specialized(where Stored == Double, Element == Double)
  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    let count = range.count * columns
    precondition(buffer.count >= count, "a buffer of \(buffer.count) for \(count) features")
    elements.withUnsafeBufferPointer { source in
      buffer.withUnsafeMutableBufferPointer { buffer in
        let source = source[range.lowerBound * columns..<range.upperBound * columns]
        guard let from = UnsafeBufferPointer(rebasing: source).baseAddress, let to = buffer.baseAddress else {
          return
        }
        convert(from, to, count)
      }
    }
  }

  @specialized(where Stored == UInt8, Element == Float)
  @specialized(where Stored == UInt8, Element == Double)
  @specialized(where Stored == Float16, Element == Float)
  @specialized(where Stored == Float16, Element == Double)
  @specialized(where Stored == Float, Element == Float)
  @specialized(where Stored == Float, Element == Double)
  @specialized(where Stored == Double, Element == Float)
  @specialized(where Stored == Double, Element == Double)
  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    precondition(
      buffer.count >= indices.count * columns,
      "a buffer of \(buffer.count) for \(indices.count) rows of \(columns)")
    elements.withUnsafeBufferPointer { source in
      buffer.withUnsafeMutableBufferPointer { buffer in
        guard let from = source.baseAddress, var to = buffer.baseAddress else { return }
        for i in 0..<indices.count {
          precondition(indices[i] >= 0 && indices[i] < rows, "row \(indices[i]) of \(rows)")
          let row = from + indices[i] * columns
          convert(row, to, columns)
          to += columns
        }
      }
    }
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    slice(range, as: type)
  }

  public func storedBytes(_ range: Range<Int>) -> ArraySlice<UInt8>? { slice(range, as: UInt8.self) }

  public func inPlace(_ range: Range<Int>) -> RowsInPlace? {
    slice(range, as: Float.self).map { RowsInPlace($0) }
  }

  private func slice<Number>(_ range: Range<Int>, as type: Number.Type) -> ArraySlice<Number>? {
    guard Stored.self == Number.self else { return nil }
    let start = elements.startIndex
    let slice = elements[start + range.lowerBound * columns..<start + range.upperBound * columns]
    return unsafeBitCast(slice, to: ArraySlice<Number>.self)
  }

  public var holdsBytes: Bool { Stored.self == UInt8.self }
  public var bytesAtHand: Bool { holdsBytes }

  public func gatherBytes(_ indices: Span<Int>, into buffer: inout MutableSpan<UInt8>) {
    elements.withUnsafeBufferPointer { copyBytes(of: indices, from: $0, columns, into: &buffer) }
  }

  public var holdsSingles: Bool { Stored.self != Double.self }

  public var rowBytes: Int { columns * MemoryLayout<Stored>.size }

  /// Bytes are always finite.
  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    guard Stored.self != UInt8.self else { return nil }
    return memo.firstUnfit(beyond: most) {
      FirstPlace.find(rows: rows, rowBytes: rowBytes) { range in
        elements.withUnsafeBufferPointer { all in
          let numbers = all[range.lowerBound * columns..<range.upperBound * columns]
          return firstUnfitIndex(UnsafeBufferPointer(rebasing: numbers), most)
        }.map { (range.lowerBound + $0 / columns, $0 % columns) }
      }
    }
  }

  public func selecting(_ indices: [Int]) -> any FeatureStorage {
    DenseStorage(rows: indices.count, columns: columns) { selected in
      for (row, i) in indices.enumerated() {
        precondition(i >= 0 && i < rows, "row \(i) of \(rows)")
        let start = elements.startIndex + i * columns
        _ = selected[row * columns..<(row + 1) * columns].initialize(
          fromContentsOf: elements[start..<start + columns])
      }
    }
  }
}
