internal import Descent

/// What the cells of a column are, counted as they come, in memory that is bounded.
struct ColumnTally {
  private(set) var missing = 0
  /// What spells those that are not empty: among texts each would be one more category.
  private(set) var missingWords: Set<String> = []
  private(set) var numbers = 0
  private(set) var texts = 0
  private(set) var dates = 0
  /// Texts that are numbers with a comma or the like, of which nobody knows here what it separates.
  private(set) var separated = 0
  /// How its numbers are spelt, whatever the table's spelling is.
  private(set) var spelling = SpellingEvidence()
  /// The first text, and the line it stands on.
  private(set) var first: (text: [UInt8], line: Int)?
  /// The first few different texts.
  private(set) var examples: [String] = []
  private var words = 0
  /// Words for 1 and 0, and the pairs that they are of.
  private var truths = 0
  private var pairs: Set<TruthWords> = []
  private var areBinary = true
  /// What stands beside the numbers of texts such as `3 %`, a few such.
  private var measured: [ColumnFinding.Sign: Int] = [:]
  /// The texts' hashes: of 64 bits, so that two of millions hardly share one.
  private var hashes: Set<UInt64> = []
  private let mostHashes: Int
  /// How many texts had come when there was no room for more that differ.
  private var textsUntilFull: Int?
  /// The first number, and the one that a column which counts the rows has next; nil where it is none.
  private var start = 0.0
  private var next: Double?
  private(set) var rows = 0

  init(mostHashes: Int) { self.mostHashes = mostHashes }

  /// Adds a column's cell of the row that `reader` read last.
  mutating func add(_ column: Int, from reader: any TableReader) {
    let (text, missing) = (reader.text(of: column), reader.missing)
    rows += 1
    let cell = CSVCell(text)
    spelling.add(text)
    if CSVCell.mayBeMissing(text.first) || !missing.spellings.isEmpty, missing.isMissing(cell) {
      self.missing += 1
      if !cell.bytes.isEmpty, missingWords.count < 4, !missing.isSpelt(text) {
        missingWords.insert(String(decoding: cell.bytes, as: UTF8.self))
      }
      next = nil
    } else if CSVCell.mayBeNumber(text.first), let number = reader.number(text) {
      numbers += 1
      areBinary = areBinary && (number == 0 || number == 1)
      if rows == 1, RowCount.mayBegin(at: number) { (start, next) = (number, number) }
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
    if let sign = ColumnFinding.Sign(cell.bytes), measured.count < 8 || measured[sign] != nil {
      measured[sign, default: 0] += 1
    }
    words += 1 + text.count { $0 == .space }
    guard textsUntilFull == nil, hashes.insert(text.fnv1a).inserted else { return }
    if examples.count < 5 { examples.append(String(decoding: text, as: UTF8.self)) }
    if hashes.count == mostHashes { textsUntilFull = texts }
  }

  /// How many different texts there are, or the most that are counted.
  var values: Int { hashes.count }
  var isFull: Bool { textsUntilFull != nil }
  var present: Int { numbers + texts }
  /// Whether it is 1, 2, 3 or 1001, 1002, 1003 and so on, in so many rows that this is no chance.
  ///
  /// - Parameter name: The column's.
  func numbersRows(_ name: String) -> Bool {
    guard let next, rows >= RowCount.leastRows else { return false }
    return !RowCount.areYears(start, next - 1, name)
  }
  var isUnique: Bool { !isFull && missing == 0 && numbers == 0 && values == texts && texts > 10 }

  /// What it holds that is no feature by itself; nil where it is all numbers.
  ///
  /// - Parameter name: What the column is called.
  func kind(_ name: String) -> ColumnFinding.Kind? {
    if present == 0 || 2 * missing > rows { return .mostlyMissing(missing, of: rows) }
    let areTruths = truths == texts && pairs.count == 1 && areBinary
    guard texts > 0, !areTruths else {
      return numbersRows(name) ? .rowNumbers : missing > 0 ? .lacking(missing, of: rows) : nil
    }
    if numbers >= texts, let first {
      return .numbersBut(texts, quoted(first.text), line: first.line)
    }
    if 10 * dates >= 9 * present, let first { return .dates(quoted(first.text)) }
    if let first, let sign = measured.first(where: { 10 * $0.value >= 9 * present }) {
      return .measured(quoted(first.text), sign.key)
    }
    if words >= 4 * texts, 2 * values > texts { return .prose }
    if Self.areIdentifiers(values, of: textsUntilFull ?? texts) { return .identifier(values, of: present) }
    if !isFull, values <= 5 || 5 * values <= texts && values <= 1000 {
      return .categories(values, examples.sorted())
    }
    return .texts(values, of: present)
  }

  /// The few texts among its numbers, where an option can name them as spellings of what is missing; nil where it cannot.
  var tokens: [String]? {
    guard !isFull, values <= 3, examples.count == values else { return nil }
    let areWords = examples.allSatisfy { text in
      text.canStandInList && CSVCell(text.utf8).date == nil
        && !text.unicodeScalars.contains { $0.properties.generalCategory == .control || $0 == "\u{fffd}" }
    }
    return areWords ? examples : nil
  }

  /// Whether most of its cells are numbers, however they are spelt.
  var holdsNumbers: Bool { 2 * spelling.numbers > present }

  /// Whether a text stands in it.
  func holds(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { hashes.contains($0.fnv1a) }
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
