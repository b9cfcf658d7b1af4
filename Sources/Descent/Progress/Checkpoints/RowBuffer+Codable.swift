internal import LinearAlgebra

/// So that it can be part of a solver's state.
extension RowBuffer: Codable {
  private enum CodingKeys: CodingKey { case rows, columns, elements }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(all, forKey: .elements)
  }

  convenience init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let numbers = try container.decode([Element].self, forKey: .elements)
    let (count, isTooLarge) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !isTooLarge, count == numbers.count else {
      throw StateError(description: "\(numbers.count) numbers for \(rows) rows of \(columns)")
    }
    self.init(rows: rows, columns: columns)
    all = numbers
  }
}
