import Descent
import LinearAlgebra

extension ExactNumbers {
  /// The means of the numbers in each column of some rows; NaN where there is none.
  ///
  /// - Parameter shares: whose rows these numbers are, where ranks have read some each.
  func means(columns: Int, _ rows: [Int], among shares: RankRows?) -> [Double] {
    func add(to sums: inout [Double]) {
      for row in places(of: rows, shares) {
        let start = row * columns
        for j in 0..<columns where !self[start + j].isNaN {
          sums[j] += self[start + j]
          sums[columns + j] += 1
        }
      }
    }
    var sums = [Double](repeating: 0, count: 2 * columns)
    if let shares { sums = shares.passed(sums, add) } else { add(to: &sums) }
    return (0..<columns).map { sums[$0] / sums[columns + $0] }
  }

  /// Whether a number is missing in a column of some rows.
  func lacksNumbers(in column: Int, columns: Int, _ rows: [Int], among shares: RankRows?) -> Bool {
    let isLacking = places(of: rows, shares).contains { self[$0 * columns + column].isNaN }
    return shares.map { $0.sum(isLacking ? 1 : 0) > 0 } ?? isLacking
  }

  /// Where those of the rows stand here that do.
  private func places(of rows: [Int], _ shares: RankRows?) -> [Int] {
    guard let own = shares?.own else { return rows }
    return rows.filter { own.contains($0) }.map { $0 - own.lowerBound }
  }

  /// The median of the numbers in a column of some rows, of two in the middle their mean; NaN where there is none.
  func median(of column: Int, columns: Int, _ rows: [Int]) -> Double {
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count)
    for row in rows where !self[row * columns + column].isNaN { numbers.append(self[row * columns + column]) }
    guard !numbers.isEmpty else { return .nan }
    let middle = numbers.count / 2
    let upper = numbers.select(middle)
    guard numbers.count % 2 == 0 else { return upper }
    // Those before it are no greater.
    let lower = numbers[..<middle].max()!
    let sum = lower + upper
    return sum.isFinite ? sum / 2 : lower / 2 + upper / 2
  }
}

extension [Double] {
  /// The number that would stand at `place` were they sorted; those before it are then no greater, those behind no less.
  /// (C. A. R. Hoare, Find, Communications of the ACM 4 (1961), with the median of three as the pivot.)
  fileprivate mutating func select(_ place: Int) -> Double {
    var (first, last) = (0, count - 1)
    while first < last {
      let (a, b, c) = (self[first], self[first + (last - first) / 2], self[last])
      let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
      var (i, j) = (first, last)
      while i <= j {
        while self[i] < pivot { i += 1 }
        while self[j] > pivot { j -= 1 }
        guard i <= j else { break }
        swapAt(i, j)
        i += 1
        j -= 1
      }
      if place <= j { last = j } else if place >= i { first = i } else { break }
    }
    return self[place]
  }
}

/// Puts behind each number of the columns that are indicated whether it is missing: 1, else 0.
@specialized(where Element == Float)
@specialized(where Element == Double)
func insertIndicators<Element: KernelScalar>(into elements: inout [Element], _ isIndicated: [Bool]) {
  let (columns, added) = (isIndicated.count, isIndicated.count(where: { $0 }))
  guard added > 0 else { return }
  let rows = elements.count / columns
  elements.reserveCapacity(rows * (columns + added))
  elements.append(contentsOf: repeatElement(0, count: rows * added))
  // From the last to the first, so that no number is written over before it has been read.
  var to = elements.count
  for from in stride(from: rows * columns - 1, through: 0, by: -1) {
    let number = elements[from]
    if isIndicated[from % columns] {
      to -= 1
      elements[to] = number.isNaN ? 1 : 0
    }
    to -= 1
    elements[to] = number
  }
}

/// Puts the column's filler where a number is missing, and counts how often.
@specialized(where Element == Float)
@specialized(where Element == Double)
func putFillers<Element: KernelScalar>(into elements: inout [Element], _ fillers: [Double]) -> Int {
  var count = 0
  for start in stride(from: 0, to: elements.count, by: fillers.count) {
    for j in fillers.indices where elements[start + j].isNaN {
      elements[start + j] = Element(fillers[j])
      count += 1
    }
  }
  return count
}
