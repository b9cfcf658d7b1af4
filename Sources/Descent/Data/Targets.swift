internal import LinearAlgebra

/// What a model is to learn: one entry a row of the data.
///
/// A range of it (``subscript(_:)``) shares the memory, so that a block of rows costs no allocation.
public enum Targets: Sendable, Equatable {
  /// The class of each row, from 0.
  case labels(ArraySlice<Int32>)
  /// `[rows, width]`, row-major: numbers to regress on, or a distribution over `width` classes.
  case values(ArraySlice<Double>, width: Int)

  /// The class of each row, from 0; the array is not copied.
  public static func labels(_ labels: [Int32]) -> Targets { .labels(labels[...]) }

  /// One number a row, a width of 1; the array is not copied.
  public static func values(_ values: [Double]) -> Targets { .values(values[...], width: 1) }

  /// Labels, or numbers over the width; 0 where that is 0.
  public var rows: Int {
    switch self {
    case .labels(let labels): labels.count
    case .values(let values, let width): width == 0 ? 0 : values.count / width
    }
  }

  /// The targets of the rows in `range`, without a copy.
  public subscript(range: Range<Int>) -> Targets {
    require(range.lowerBound >= 0 && range.upperBound <= rows, "targets \(range) of \(rows)")
    switch self {
    case .labels(let labels):
      let start = labels.startIndex
      return .labels(labels[start + range.lowerBound..<start + range.upperBound])
    case .values(let values, let width):
      let start = values.startIndex
      return .values(
        values[start + range.lowerBound * width..<start + range.upperBound * width], width: width)
    }
  }

  /// Numbers less what is added to the scores that they are compared with, a number each; labels as they are.
  func less(_ offsets: [Double]?) -> Targets {
    guard let offsets, case .values(let values, let width) = self else { return self }
    return .values(zip(values, offsets).map { $0 - $1 }[...], width: width)
  }

  /// The targets of the rows at `indices`, in that order, copied.
  public func gathered(at indices: some Collection<Int>) -> Targets {
    switch self {
    case .labels(let labels):
      return .labels(indices.map { labels[labels.startIndex + $0] }[...])
    case .values(let values, let width):
      var result: [Double] = []
      result.reserveCapacity(indices.count * width)
      for i in indices {
        let start = values.startIndex + i * width
        result += values[start..<start + width]
      }
      return .values(result[...], width: width)
    }
  }
}
