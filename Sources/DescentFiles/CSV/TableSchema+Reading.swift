internal import Descent
internal import LinearAlgebra

extension TableSchema {
  /// The model's schema where there is one, else that of the columns and what was found in them.
  init(_ layout: CSVLayout, _ categories: CategoryCoder, _ options: DataOptions) {
    if let schema = options.model?.table {
      self = schema
      return
    }
    let found = categories.finished
    self.init(
      columns: (0..<layout.features).map { feature in
        Column(
          name: layout.hasHeader ? layout.names[layout.column(of: feature)] : nil,
          categories: found[feature]?.categories)
      })
  }

  /// Fills what is missing in `elements` `[rows, columns]`, by means that are found first where there are none yet
  /// and they are asked for.
  ///
  /// - Parameter rows: Those that the means are taken over; nil or none is all.
  /// - Returns: How many cells were filled.
  mutating func fill(
    _ elements: inout ExactNumbers, _ table: any TableReader, meansOf rows: [Int]?
  ) throws(FileError) -> Int {
    guard table.missing == .mean else { return 0 }
    for index in columns.indices where columns[index].categories?.isEmpty == true {
      throw allMissing(index, "no cell of the column holds a category", table)
    }
    if !hasMeans {
      let rows = rows.flatMap { $0.isEmpty ? nil : $0 } ?? Array(0..<elements.count / max(1, columns.count))
      let means = columnMeans(elements, columns: columns.count, rows)
      for index in columns.indices where columns[index].categories == nil {
        guard means[index].isFinite else {
          throw allMissing(index, "no cell of the column holds a number in a row to train on", table)
        }
        columns[index].mean = means[index]
      }
    }
    return elements.fillMissing(fillers)
  }

  /// The error at the head of a column of which nothing is left.
  private func allMissing(_ index: Int, _ problem: String, _ table: any TableReader) -> FileError {
    let column = table.layout.column(of: index)
    var error = table.failure(column: column, problem, "remove the column")
    error.place = .cell(line: 1, column: column + 1, header: columns[index].name)
    return error
  }

  /// What takes the place of a missing cell, a number a column: its mean, or no category.
  var fillers: [Double] { columns.map { $0.mean ?? ($0.categories == nil ? .nan : -1) } }
}

/// The means of the numbers in each column of some rows; NaN where there is none.
private func columnMeans(_ elements: ExactNumbers, columns: Int, _ rows: [Int]) -> [Double] {
  var sums = [Double](repeating: 0, count: columns)
  var counts = [Double](repeating: 0, count: columns)
  for row in rows {
    let start = row * columns
    for j in 0..<columns where !elements[start + j].isNaN {
      sums[j] += elements[start + j]
      counts[j] += 1
    }
  }
  return zip(sums, counts).map { $0 / $1 }
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
