import LinearAlgebra

/// The rows of a whole table, put together from its parts in their order.
struct CSVAssembly<Element: Scalar> {
  private(set) var features: [Element] = []
  private(set) var targets: CSVTargets
  private(set) var rows = 0
  private var lines: Int
  private var bytes = 0
  private let table: CSVReader

  /// - Parameter table: The reader of the table, which has read its header.
  init(_ table: CSVReader, _ options: DataOptions) {
    self.table = table
    targets = CSVTargets(options)
    lines = table.linesRead
  }

  /// Adds the part that follows.
  ///
  /// - Parameter expectedBytes: What all parts will take, where that can be told: the memory is taken at
  ///   once then, and is not copied as it grows.
  mutating func append(_ part: CSVPart<Element>, expectedBytes: Int?) throws(FileError) {
    try targets.append(part.targets, after: lines, of: table)
    if let failure = part.failure { throw failure.movedDown(by: lines) }
    rows += part.rows
    bytes += part.bytes
    lines += part.lines
    let needed = rows * table.layout.features
    if needed > features.capacity, let expectedBytes {
      // Some more, since rows differ in length. What is never written to takes no memory.
      let share = 1.1 * Double(expectedBytes) / Double(max(1, bytes))
      features.reserveCapacity(max(needed, Int(min(0x1p40, share * Double(needed)))))
    }
    features.append(contentsOf: part.features)
  }
}
