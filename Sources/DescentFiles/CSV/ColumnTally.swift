internal import Descent

/// What the cells of a column are, counted as they come, in memory that is bounded.
struct ColumnTally {
  private(set) var missing = 0
  private(set) var numbers = 0
  private(set) var texts = 0
  private(set) var dates = 0
  /// Texts that are numbers with a comma or the like, of which nobody knows here what it separates.
  private(set) var separated = 0
  /// The first text, and the line it stands on.
  private(set) var first: (text: [UInt8], line: Int)?
  /// The first few different texts.
  private(set) var examples: [String] = []
  private var words = 0
  /// Words for 1 and 0, and the pairs that they are of.
  private var truths = 0
  private var pairs: Set<TruthWords> = []
  private var areBinary = true
  /// The texts' hashes: of 64 bits, so that two of millions hardly share one.
  private var hashes: Set<UInt64> = []
  private let mostHashes: Int
  /// How many texts had come when there was no room for more that differ.
  private var textsUntilFull: Int?
  /// The number that a column which counts the rows has next; nil where it is none.
  private var next: Double?
  private(set) var rows = 0

  init(mostHashes: Int) { self.mostHashes = mostHashes }

  /// Adds a column's cell of the row that `reader` read last.
  mutating func add(_ column: Int, from reader: any TableReader) {
    let (text, missing) = (reader.text(of: column), reader.missing)
    rows += 1
    let cell = CSVCell(text)
    if CSVCell.mayBeMissing(text.first) || !missing.spellings.isEmpty, missing.isMissing(cell) {
      self.missing += 1
      next = nil
    } else if CSVCell.mayBeNumber(text.first), let number = reader.number(text) {
      numbers += 1
      areBinary = areBinary && (number == 0 || number == 1)
      if rows == 1, number == 0 || number == 1 { next = number }
      next = next == number ? number + 1 : nil
    } else {
      next = nil
      add(text, cell, reader.line)
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ cell: CSVCell, _ line: Int) {
    texts += 1
    if first == nil { first = (cell.bytes, line) }
    if cell.date != nil { dates += 1 }
    if let pair = cell.truth?.words {
      truths += 1
      pairs.insert(pair)
    }
    // One that is a number where numbers are spelt otherwise is no category.
    if cell.isSeparatedNumbers || cell.number != nil { separated += 1 }
    words += 1 + text.count { $0 == .space }
    guard textsUntilFull == nil, hashes.insert(text.fnv1a).inserted else { return }
    if examples.count < 5 { examples.append(String(decoding: text, as: UTF8.self)) }
    if hashes.count == mostHashes { textsUntilFull = texts }
  }

  /// How many different texts there are, or the most that are counted.
  var values: Int { hashes.count }
  var isFull: Bool { textsUntilFull != nil }
  var present: Int { numbers + texts }
  /// Whether it is 0, 1, 2 or 1, 2, 3 and so on, in so many rows that this is no chance.
  var numbersRows: Bool { next != nil && rows >= 10 }
  var isUnique: Bool { !isFull && missing == 0 && numbers == 0 && values == texts && texts > 10 }

  /// What it holds that is no feature by itself; nil where it is all numbers.
  var kind: ColumnFinding.Kind? {
    if present == 0 || 2 * missing > rows { return .mostlyMissing(missing, of: rows) }
    let areTruths = truths == texts && pairs.count == 1 && areBinary
    guard texts > 0, !areTruths else {
      return numbersRows ? .rowNumbers : missing > 0 ? .lacking(missing, of: rows) : nil
    }
    if numbers >= texts, let first {
      return .numbersBut(texts, quoted(first.text), line: first.line)
    }
    if 10 * dates >= 9 * present, let first { return .dates(quoted(first.text)) }
    if words >= 4 * texts, 2 * values > texts { return .prose }
    if Self.areIdentifiers(values, of: textsUntilFull ?? texts) { return .identifier(values, of: present) }
    if !isFull, values <= 5 || 5 * values <= texts && values <= 1000 {
      return .categories(values, examples.sorted())
    }
    return .texts(values, of: present)
  }

  /// Whether so many different values are nearly as many as there are rows.
  static func areIdentifiers(_ values: Int, of rows: Int) -> Bool { values > 10 && 10 * values >= 9 * rows }
}

extension CSVCell {
  /// Whether a cell that begins so may be a number: most words are told by one byte.
  fileprivate static func mayBeNumber(_ first: UInt8?) -> Bool {
    first.map { $0 < 0x41 || " +-.iInN".utf8.contains($0) } ?? false
  }

  /// Whether it looks like numbers that something separates: parts of one, or of a row.
  fileprivate var isSeparatedNumbers: Bool {
    bytes.contains { ",;|\t".utf8.contains($0) } && bytes.contains { (0x30...0x39).contains($0) }
      && bytes.allSatisfy { (0x30...0x39).contains($0) || ",;|\t .+-eE'".utf8.contains($0) }
  }
}
