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

  /// The groups that a kept column tells, in the order of their first appearance, and each row's number among them.
  func groups(_ place: Int) -> (names: [String], numbers: [Int32]) {
    var (names, known) = ([String](), [String: Int32]())
    let numbers = kept.map { cells in
      if let number = known[cells[place]] { return number }
      known[cells[place]] = Int32(names.count)
      names.append(cells[place])
      return Int32(names.count - 1)
    }
    return (names, numbers)
  }

  /// The numbers of the groups of all ranks' rows.
  ///
  /// - Parameter names: those that each has found, in their order.
  func groups(_ place: Int, _ names: [[String]], among rows: RankRows) -> [Int32] {
    var known: [String: Int32] = [:]
    for name in names.joined() where known[name] == nil { known[name] = Int32(known.count) }
    let own = names[rows.ranks.rank].map { known[$0]! }
    return rows.gathered(groups(place).numbers.map { own[Int($0)] })
  }

  /// Weights and offsets of the rows of all ranks.
  func joined(among rows: RankRows) -> CSVBesides {
    var result = self
    result.weights = weights.map { rows.gathered($0) }
    result.offsets = offsets.map { rows.gathered($0) }
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
