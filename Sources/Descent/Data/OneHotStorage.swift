internal import LinearAlgebra

/// Features of which some columns hold the numbers of categories: each such column is read as one feature a
/// category, 1 for the one whose number it holds, 0 for the others.
///
/// The rows stay as small as they are stored. A number of -1 stands for none of the categories.
public struct OneHotStorage: FeatureStorage {
  /// What a stored column becomes.
  public enum Column: Sendable, Equatable {
    /// One feature: the number as it is stored.
    case number
    /// `places[n]` is the place of category `n` among so many features.
    case category(places: [Int], features: Int)

    var features: Int {
      switch self {
      case .number: 1
      case .category(_, let features): features
      }
    }
  }

  public let columns: Int
  private let base: any FeatureStorage
  private let plan: [Column]
  /// The first feature of each stored column, and the end of the last.
  let starts: [Int]
  /// Where the places of each column's categories begin in `places`; negative for a column of numbers.
  private let codes: [Int]
  private let places: [Int32]
  let memo = StorageMemo()

  /// - Parameters:
  ///   - base: the columns before: numbers, and the places of categories.
  ///   - plan: What each column of `base` becomes; a category has one place or more.
  public init(_ base: any FeatureStorage, _ plan: [Column]) {
    require(plan.count == base.columns, "\(plan.count) columns planned for \(base.columns)")
    (self.base, self.plan) = (base, plan)
    var (starts, codes, places) = ([0], [Int](), [Int32]())
    for column in plan {
      starts.append(starts.last! + column.features)
      guard case .category(let own, let features) = column else {
        codes.append(-1)
        continue
      }
      require(
        features > 0 && own.allSatisfy { (0..<features).contains($0) }, "places \(own) of \(features)")
      codes.append(places.count)
      places += own.map(Int32.init)
    }
    (self.starts, self.codes, self.places, columns) = (starts, codes, places, starts.last!)
  }

  public var rows: Int { base.rows }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    base.read(range, into: &buffer)
    expand(&buffer, rows: range.count)
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    base.gather(indices, into: &buffer)
    expand(&buffer, rows: indices.count)
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    nil
  }

  public func selecting(_ indices: [Int]) -> any FeatureStorage {
    OneHotStorage(base.selecting(indices), plan)
  }

  public var holdsSingles: Bool { base.holdsSingles }

  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    base.firstUnfit(beyond: most).map { ($0.row, starts[$0.column]) }
  }

  /// Spreads rows as they are stored, which lie close together at the buffer's start.
  private func expand<Element: KernelScalar>(_ buffer: inout MutableSpan<Element>, rows: Int) {
    require(buffer.count >= rows * columns, "a buffer of \(buffer.count) for \(rows) rows of \(columns)")
    guard rows > 0 else { return }
    buffer.withUnsafeMutableBufferPointer {
      Element.expand(
        $0.baseAddress!, starts: starts, codes: codes, places: places, rows: rows, columns: plan.count)
    }
  }
}

extension OneHotStorage {
  /// Adds which features are one category's, and the rows as `readPlaces(_:into:)` has them.
  public func addContents(of range: Range<Int>, to hash: ContentHash) {
    hash.add(starts)
    forEachBlock(of: range, numbersPerRow: plan.count) { rows, buffer in
      readPlaces(rows, into: &buffer)
      hash.add(buffer[..<(rows.count * plan.count)])
    }
  }

  /// Rows of as many numbers as columns are stored: instead of a category's features its place among them, -1 for none.
  /// They tell rows apart as the features do, wherever these are in the same ``starts``.
  func readPlaces(_ range: Range<Int>, into buffer: inout [Double]) {
    var span = buffer.mutableSpan
    base.read(range, into: &span)
    for (column, first) in codes.enumerated() where first >= 0 {
      for i in stride(from: column, to: range.count * plan.count, by: plan.count) {
        buffer[i] = buffer[i] < 0 ? -1 : Double(places[first + Int(buffer[i])])
      }
    }
  }

  /// How many numbers ``readPlaces(_:into:)`` gives of a row.
  var storedColumns: Int { plan.count }
}
