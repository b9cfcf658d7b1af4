import Descent
import LinearAlgebra

/// Numbers in the smaller of two types that holds each of them as it is: Float, until one comes that is none of its.
///
/// What type they end in depends on the numbers alone, and not on the pieces that they come in.
struct ExactNumbers: Sendable {
  private(set) var singles: [Float] = []
  private(set) var doubles: [Double] = []
  private(set) var isWide = false

  var count: Int { isWide ? doubles.count : singles.count }
  var capacity: Int { isWide ? doubles.capacity : singles.capacity }

  mutating func reserveCapacity(_ count: Int) {
    if isWide { doubles.reserveCapacity(count) } else { singles.reserveCapacity(count) }
  }

  /// Adds numbers; NaN stands for one that is missing.
  ///
  /// - Parameter scratch: Room for as many, which may be overwritten.
  mutating func append(_ numbers: Span<Double>, scratch: inout MutableSpan<Float>) {
    numbers.withUnsafeBufferPointer { numbers in
      scratch.withUnsafeMutableBufferPointer { scratch in
        if !isWide {
          if narrow(numbers, to: scratch) {
            return singles.append(contentsOf: UnsafeBufferPointer(rebasing: scratch[..<numbers.count]))
          }
          widen()
        }
        doubles.append(contentsOf: numbers)
      }
    }
  }

  /// Adds numbers that are known to be Float's, or not all of them.
  ///
  /// - Parameter share: That of all numbers which are read with these, where that can be told.
  mutating func append(_ numbers: UnsafeBufferPointer<Double>, areSingles: Bool, share: Double?) {
    if !areSingles { widen() }
    if isWide {
      reserve(&doubles, numbers.count, share: share)
      doubles.append(contentsOf: numbers)
    } else {
      reserve(&singles, numbers.count, share: share)
      singles.append(contentsOf: numbers.lazy.map { Float($0) })
    }
  }

  /// Adds those that follow.
  mutating func append(_ others: consuming ExactNumbers) {
    if others.isWide { widen() }
    if !isWide {
      singles.append(contentsOf: others.singles)
    } else if others.isWide {
      doubles.append(contentsOf: others.doubles)
    } else {
      doubles.append(contentsOf: others.singles.lazy.map { Double($0) })
    }
  }

  /// Makes room for numbers that are none of Float's, with as much of it to spare as there was.
  mutating func widen() {
    guard !isWide else { return }
    doubles.reserveCapacity(singles.capacity)
    doubles.append(contentsOf: singles.lazy.map { Double($0) })
    (singles, isWide) = ([], true)
  }

  /// Dense rows of these numbers.
  consuming func storage(rows: Int, columns: Int) -> any FeatureStorage {
    isWide
      ? DenseStorage(rows: rows, columns: columns, elements: doubles[...])
      : DenseStorage(rows: rows, columns: columns, elements: singles[...])
  }
}

extension ExactNumbers {
  /// Dense rows of which each rank has read so many, and these are this one's.
  consuming func storage(of rows: RankRows, columns: Int) -> any FeatureStorage {
    var numbers = self
    // One type for all of them.
    if rows.sum(numbers.isWide ? 1 : 0) > 0 { numbers.widen() }
    return numbers.isWide
      ? RankedStorage(numbers.doubles, counts: rows.counts, columns: columns, among: rows.ranks)
      : RankedStorage(numbers.singles, counts: rows.counts, columns: columns, among: rows.ranks)
  }

  /// The numbers in the smaller of the two types.
  init(_ numbers: [Double]) {
    if numbers.allSatisfy({ isSingle($0) }) {
      singles = numbers.map { Float($0) }
    } else {
      (doubles, isWide) = (numbers, true)
    }
  }

  /// Puts behind each number of the columns that are indicated whether it is missing: 1, else 0.
  mutating func insertIndicators(_ isIndicated: [Bool]) {
    if isWide {
      DescentFiles.insertIndicators(into: &doubles, isIndicated)
    } else {
      DescentFiles.insertIndicators(into: &singles, isIndicated)
    }
  }

  /// Puts the column's filler where a number is missing, and counts how often.
  mutating func fillMissing(_ fillers: [Double]) -> Int {
    let needsRoom = fillers.indices.contains { column in
      !isSingle(fillers[column])
        && stride(from: column, to: count, by: fillers.count).contains { self[$0].isNaN }
    }
    if needsRoom { widen() }
    return isWide ? putFillers(into: &doubles, fillers) : putFillers(into: &singles, fillers)
  }

  /// Replaces each number by what `body` makes of it and of its place. Where that is none of Float's all become Doubles.
  mutating func replace(_ places: some Sequence<Int>, _ body: (Double, Int) -> Double) {
    for i in places {
      if !isWide {
        let new = body(Double(singles[i]), i)
        if isSingle(new) {
          singles[i] = Float(new)
          continue
        }
        widen()
        doubles[i] = new
      } else {
        doubles[i] = body(doubles[i], i)
      }
    }
  }

  subscript(index: Int) -> Double { isWide ? doubles[index] : Double(singles[index]) }
}

extension ExactNumbers {
  /// The first number of a table's column that is neither 1 nor 0, with its row; nil where there is none.
  func firstOther(in column: Int, _ layout: CSVLayout) -> (row: Int, number: Double)? {
    let places = stride(from: layout.feature(of: column), to: count, by: layout.features)
    return places.first { !self[$0].isTruth }.map { ($0 / layout.features, self[$0]) }
  }
}

/// Whether Float holds the number as it is; of NaN it need not hold the bits.
func isSingle(_ number: Double) -> Bool { Double(Float(number)) == number || number.isNaN }

/// Rounds numbers to Float; whether that changed none.
func narrow(_ numbers: UnsafeBufferPointer<Double>, to result: UnsafeMutableBufferPointer<Float>) -> Bool {
  guard let from = numbers.baseAddress, let to = result.baseAddress else { return true }
  var changed: UInt64 = 0
  for i in 0..<numbers.count {
    let (number, single) = (from[i], Float(from[i]))
    to[i] = single
    changed |= Double(single) == number || number != number ? 0 : 1
  }
  return changed == 0
}
