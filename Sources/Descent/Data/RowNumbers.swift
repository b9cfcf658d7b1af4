/// A weight or an offset of a row that can't be one. Rows are counted from 0.
public enum RowNumberError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Below 0, or not a finite number.
  case weight(row: Int, Double)
  /// There are rows, and none has a weight above 0.
  case allWeightsZero
  /// Not a finite number.
  case offset(row: Int, Double)
  /// Whose exponential the numbers have no room for.
  case largeOffset(row: Int, Double, fitsDouble: Bool)

  public var description: String {
    switch self {
    case .weight(let row, let weight):
      "row \(row) has a weight of \(weight): a weight is a finite number, and not below 0"
    case .allWeightsZero:
      "all rows have a weight of 0, which leaves them all out; give some rows a weight above 0"
    case .offset(let row, let offset): "row \(row) has an offset of \(offset), which is not a finite number"
    case .largeOffset(let row, let offset, let fitsDouble):
      "row \(row) has an offset of \(offset), whose exponential is beyond all numbers; "
        + (fitsDouble ? "use double precision, or subtract" : "subtract")
        + " the same number from all offsets"
    }
  }
}

extension [Double] {
  /// Weights times what makes their mean 1: 1 each where all are equal.
  var scaledToMean1: [Double] {
    // In units of the largest, so that no sum overflows.
    let largest = self.max() ?? 0
    guard largest > 0 else { return self }
    let mean = reduce(0) { $0 + $1 / largest } / Double(count)
    return map { $0 / largest / mean }
  }
}

extension Dataset {
  /// Throws where a weight is below 0 or not finite, where all are 0, and where an offset is not finite.
  public func checkRowNumbers() throws(RowNumberError) {
    if let weights {
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw .weight(row: row, weights[row])
      }
      if rows > 0, weights.allSatisfy({ $0 == 0 }) { throw .allWeightsZero }
    }
    if let offsets, let row = offsets.firstIndex(where: { !$0.isFinite }) {
      throw .offset(row: row, offsets[row])
    }
  }
}
