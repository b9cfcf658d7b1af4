internal import Descent
internal import LinearAlgebra

/// Rows of a table as they are read: with numbers for categories, and nothing yet where a number is missing.
struct TableRows<Element: KernelScalar> {
  var count = 0
  /// `[count, stored columns]`
  var elements: [Element] = []
  /// Nil where they are ignored.
  var targets: Targets?
  var weights: [Double]?
  var offsets: [Double]?
  var kept: [[String]] = []
  var droppedRows = 0
  var unseenCategories = 0
  /// Why no rows follow these.
  var failure: FileError?

  /// Adds some of the rows of `others`, which have as many columns.
  mutating func append(_ others: TableRows, _ range: Range<Int>, columns: Int) {
    count += range.count
    elements += others.elements[range.lowerBound * columns..<range.upperBound * columns]
    if let more = others.targets?.slice(range) { targets = targets?.followed(by: more) ?? more }
    if let more = others.weights?[range] { weights = (weights ?? []) + Array(more) }
    if let more = others.offsets?[range] { offsets = (offsets ?? []) + Array(more) }
    if !others.kept.isEmpty { kept += others.kept[range] }
  }
}

extension Targets {
  /// Those of some rows of a table, where each has one.
  fileprivate func slice(_ range: Range<Int>) -> Targets {
    switch self {
    case .labels(let labels): .labels(Array(labels[range]))
    case .values(let values, _): .values(Array(values[range]))
    }
  }

  fileprivate func followed(by others: Targets) -> Targets {
    switch (self, others) {
    case (.labels(let some), .labels(let more)): .labels(some + more)
    case (.values(let some, _), .values(let more, _)): .values(Array(some) + Array(more))
    default: fatalError("rows of one table with labels and with numbers")
    }
  }
}

/// Gathers the rows that a reader gives.
struct TableRowGathering<Element: KernelScalar & StoredNumber> {
  let reader: any TableReader
  private var features: CSVFeatures<Element>
  private var targets: CSVTargets
  private var beside: CSVBesides
  /// What the reader and the features had counted before.
  private var droppedRows = 0
  private var unseenCategories = 0

  init(_ reader: any TableReader, _ options: DataOptions) {
    self.reader = reader
    features = CSVFeatures(reader, options)
    targets = CSVTargets(reader, options)
    beside = CSVBesides(reader.layout, keeps: true)
  }

  /// Gathers the rows of another reader of the same table, by what the model knows.
  init(_ reader: any TableReader, like other: TableRowGathering) {
    self.reader = reader
    features = CSVFeatures(reader, like: other.features)
    (targets, beside) = (other.targets, other.beside)
  }

  /// The names of the classes of the rows that were given last.
  var classNames: [String] { targets.classNames }

  /// What each of the columns of features becomes.
  var plan: [OneHotStorage.Column] { features.coder.plan(columns: reader.layout.features) }

  /// The next `count` rows; fewer at the end, or where one is not as it should be.
  ///
  /// - Parameter expected: How many there are about.
  mutating func next(_ count: Int, expected: Int) -> TableRows<Element> {
    var rows = TableRows<Element>()
    features.reserve(rows: expected)
    do throws(FileError) {
      while rows.count < count, try features.next() {
        try targets.append(from: reader)
        if !beside.isEmpty { try beside.append(from: reader) }
        rows.count += 1
      }
    } catch {
      rows.failure = error
    }
    rows.elements = features.take()
    // A row whose target is wrong has left its features.
    rows.elements.removeLast(rows.elements.count - rows.count * reader.layout.features)
    rows.targets = targets.takeBlock()
    // So may one whose weight is wrong have left its target.
    if rows.failure != nil { rows.targets = rows.targets?.slice(0..<rows.count) }
    (rows.weights, rows.offsets, rows.kept) = beside.take(rows.count)
    let unseen = features.coder.unseen
    (rows.droppedRows, rows.unseenCategories) = (reader.droppedRows - droppedRows, unseen - unseenCategories)
    (droppedRows, unseenCategories) = (reader.droppedRows, unseen)
    return rows
  }
}
