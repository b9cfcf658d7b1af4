extension Matrix {
  /// The sum of each row's numbers, `rows` of them.
  public var sumsOfRows: [Element] {
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    get {
      let span = elements.span
      return (0..<rows).map { i in
        var sum: Element = 0
        for j in i * columns..<(i + 1) * columns { sum += span[j] }
        return sum
      }
    }
  }

  /// The sum of all rows, `columns` numbers: one for each column.
  public var sumOfRows: [Element] {
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    get {
      let span = elements.span
      var sums = [Element](repeating: 0, count: columns)
      for i in 0..<rows { for j in 0..<columns { sums[j] += span[i * columns + j] } }
      return sums
    }
  }

  /// The sum of the numbers on the diagonal.
  public var trace: Element { diagonal.reduce(0, +) }

  /// The numbers on the diagonal, min(rows, columns) of them.
  public var diagonal: [Element] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// A square matrix with these numbers on the diagonal, and 0 elsewhere.
  public static func diagonal(_ numbers: [Element]) -> Matrix {
    var result = Matrix(rows: numbers.count, columns: numbers.count)
    for (i, number) in numbers.enumerated() { result[i, i] = number }
    return result
  }
}
