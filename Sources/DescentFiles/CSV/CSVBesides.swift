internal import Descent
internal import Glibc

/// What stands beside the features and targets of rows as they are read: weights, offsets, and cells that are kept.
struct CSVBesides {
  private(set) var weights: [Double]?
  private(set) var offsets: [Double]?
  /// By row; none where nothing is kept.
  private(set) var kept: [[String]] = []
  private let keeps: Bool

  /// - Parameter keeps: Whether cells are kept, if any are asked for.
  init(_ layout: CSVLayout, keeps: Bool) {
    weights = layout.weight == nil ? nil : []
    offsets = layout.offset == nil ? nil : []
    self.keeps = keeps && !layout.kept.isEmpty
  }

  var isEmpty: Bool { weights == nil && offsets == nil && !keeps }

  /// Adds what stands in the row that `reader` read last.
  mutating func append(from reader: any TableReader) throws(FileError) {
    let layout = reader.layout
    if let column = layout.weight {
      let weight = try number(column, reader)
      guard weight >= 0 else {
        throw reader.failure(column: column, "the weight is negative", "weights are numbers of 0 and more")
      }
      weights?.append(weight)
    }
    if let column = layout.offset {
      let number = try number(column, reader)
      guard !layout.isExposure || number > 0 else {
        throw reader.failure(
          column: column, "the exposure is not above 0",
          "remove the row, or name a column of logarithms with \(.offset)")
      }
      offsets?.append(layout.isExposure ? log(number) : number)
    }
    if let group = layout.group.map({ layout.kept[$0] }), reader.missing.isCategory(reader.text(of: group)) {
      throw reader.failure(column: group, "the group is empty", missingRemedy(layout))
    }
    if keeps {
      kept.append(layout.kept.map { String(decoding: reader.text(of: $0), as: UTF8.self) })
    }
  }

  /// What to do about a cell that is missing.
  private func missingRemedy(_ layout: CSVLayout) -> Phrase {
    layout.purpose == .model
      ? "fill it in, or remove the row" : "fill it in, remove the row, or say \(.missing) drop"
  }

  private func number(_ column: Int, _ reader: any TableReader) throws(FileError) -> Double {
    let (cell, layout) = (CSVCell(reader.text(of: column)), reader.layout)
    if let number = cell.number, number.isFinite { return number }
    let (problem, remedy) = reader.problem(of: cell)
    throw reader.failure(
      column: column, problem,
      cell.isMissing ? missingRemedy(layout) : cell.isText ? "write a number" : remedy)
  }

  /// Adds what stands beside the rows that follow, which were read apart.
  mutating func append(_ others: CSVBesides) {
    weights? += others.weights ?? []
    offsets? += others.offsets ?? []
    kept += others.kept
  }

  /// Those of the rows of all ranks, of which each has so many.
  func joined(rows: [Int], among ranks: any Communicator) -> CSVBesides {
    var result = self
    result.weights = weights.map { ranks.gathered($0, counts: rows) }
    result.offsets = offsets.map { ranks.gathered($0, counts: rows) }
    return result
  }

  /// What stands beside the first `rows` rows since the last call.
  mutating func take(_ rows: Int) -> (
    weights: [Double]?, offsets: [Double]?, kept: [[String]]
  ) {
    defer {
      if weights != nil { weights = [] }
      if offsets != nil { offsets = [] }
      kept = []
    }
    return (
      weights.map { Array($0.prefix(rows)) }, offsets.map { Array($0.prefix(rows)) },
      Array(kept.prefix(rows))
    )
  }
}
