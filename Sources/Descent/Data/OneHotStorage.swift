internal import LinearAlgebra

/// Features of which some columns hold the numbers of categories: each such column is read as one feature a
/// category, 1 for the one whose number it holds, 0 for the others.
///
/// The rows stay as small as they are stored. A number of -1 stands for none of the categories.
public struct OneHotStorage: FeatureStorage {
  /// What a stored column becomes.
  public enum Column: Sendable, Equatable {
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
  /// The first feature of each stored column.
  private let starts: [Int]
  let memo = StorageMemo()

  /// - Parameter plan: What each column of `base` becomes; a category has one place or more.
  public init(_ base: any FeatureStorage, _ plan: [Column]) {
    require(plan.count == base.columns, "\(plan.count) columns planned for \(base.columns)")
    for case .category(let places, let features) in plan {
      require(
        features > 0 && places.allSatisfy { (0..<features).contains($0) }, "places \(places) of \(features)")
    }
    (self.base, self.plan) = (base, plan)
    var (starts, end) = ([Int](), 0)
    for column in plan {
      starts.append(end)
      end += column.features
    }
    (self.starts, columns) = (starts, end)
  }

  public var rows: Int { base.rows }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    base.read(range, into: &buffer)
    expand(&buffer, rows: range.count, plan, starts, columns)
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    base.gather(indices, into: &buffer)
    expand(&buffer, rows: indices.count, plan, starts, columns)
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
}

/// Spreads rows that lie close together at the buffer's start, from the last number to the first: no number is
/// written over before it has been read, since a column becomes one feature or more.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func expand<Element: KernelScalar>(
  _ buffer: inout MutableSpan<Element>, rows: Int, _ plan: [OneHotStorage.Column], _ starts: [Int],
  _ columns: Int
) {
  require(buffer.count >= rows * columns, "a buffer of \(buffer.count) for \(rows) rows of \(columns)")
  buffer.withUnsafeMutableBufferPointer { buffer in
    for row in stride(from: rows - 1, through: 0, by: -1) {
      let (from, to) = (row * plan.count, row * columns)
      for j in stride(from: plan.count - 1, through: 0, by: -1) {
        let value = buffer[from + j]
        switch plan[j] {
        case .number: buffer[to + starts[j]] = value
        case .category(let places, let features):
          let start = to + starts[j]
          for place in start..<start + features { buffer[place] = 0 }
          if value >= 0 { buffer[start + places[Int(value)]] = 1 }
        }
      }
    }
  }
}
