internal import Descent

/// What the first row of a table is: the columns' names, or data.
struct FirstRow: Sendable, Equatable {
  var isHeader: Bool
  /// Whether the row alone tells; otherwise people are told how it was read.
  var isPlain = true
}

extension FirstRow {
  /// - Parameter below: Gives up to so many of the records that follow, where the first does not tell what it is.
  init(
    _ cells: [[UInt8]], _ texts: [String], _ options: DataOptions,
    _ below: (_ count: Int) throws(FileError) -> [[[UInt8]]]
  ) throws(FileError) {
    switch options.header {
    case .present: self.init(isHeader: true)
    case .absent: self.init(isHeader: false)
    case .automatic where options.namesColumns || options.model?.isNamed(in: texts) ?? false:
      self.init(isHeader: true)
    case .automatic:
      let head = TableHead(texts: texts, isHeader: false, file: "", line: 0)
      // What does not fit is told of later, once it is known whether this is a header.
      let plan = try? ColumnPlan(head, options, model: options.model)
      let evidence = HeaderEvidence(cells, plan)
      // A row that arrives through a pipe is to be answered before the next one is waited for.
      if let model = options.model {
        let isNamed = plan?.label.map { model.isNameOfTargets(texts[$0]) } ?? false
        self = evidence.likely(isCounted: !model.reading.hasNoHeader, isLabelNamed: isNamed)
      } else if let plain = evidence.plain {
        self = plain
      } else {
        self = evidence.verdict(try below(evidence.rows))
      }
    }
  }
}

extension DataOptions {
  /// Whether a column is asked for by a name, which needs a header to be found in. One that is asked for by a number is
  /// that column for now: a cell of data may hold the same number.
  fileprivate var namesColumns: Bool {
    var names = (model == nil ? roles.all : roles.open) + keeps
    if case .column(let name) = label, target != .ignored { names.append(name) }
    return names.contains { Int($0) == nil }
  }
}

extension ModelColumns {
  /// Whether these are names of the model's columns: the greater part of them, or all in their order where they are numbers.
  func isNamed(in texts: [String]) -> Bool {
    let words = Set(columnNames.filter { CSVCell($0.utf8).isText })
    if !words.isEmpty, 2 * words.intersection(texts).count >= columnNames.count { return true }
    var rest = columnNames[...]
    for text in texts where text == rest.first { rest.removeFirst() }
    return rest.isEmpty && !columnNames.isEmpty
  }
}

/// What a table's first rows tell of whether the first names the columns.
///
/// A name is text above numbers, or a word that does not come again where words repeat themselves, or a whole number
/// unlike those below it. The first row alone is looked at where it tells; the rows below only where it does not.
struct HeaderEvidence {
  /// So many rows below are looked at, fewer where they are wide.
  var rows: Int { min(100, max(4, 20_000 / first.count)) }

  private var first: [CSVCell]
  /// The columns of numbers, of categories, and of the targets.
  private let numeric: [Int]
  private let categoricals: [Int]
  private let label: Int?

  init(_ cells: [[UInt8]], _ plan: ColumnPlan?) {
    first = cells.map { CSVCell($0) }
    label = plan.map { $0.label } ?? cells.indices.last
    categoricals = plan?.categoricals.sorted() ?? []
    let numeric =
      plan?.features.sorted().filter { plan?.categoricals.contains($0) == false }
      ?? Array(cells.indices.dropLast())
    // The corner above the rows' names.
    self.numeric = numeric.filter { $0 > 0 || !cells[0].isEmpty }
  }

  /// The columns of numbers in which the first row has text: names, if it is a header.
  private var texts: [Int] { numeric.filter { first[$0].isText } }
  /// Those of them in which it has a word that may say 1 or 0.
  private var words: [Int] { numeric.filter { first[$0].kind == .truth } }
  /// Those in which it has a number that is a poor name: with a point, a sign or an exponent.
  private var fractions: [Int] { numeric.filter { first[$0].number != nil && !first[$0].isWhole } }
  private var hasNamedLabel: Bool { label.map { first[$0].isText } ?? false }

  /// What the row alone tells; nil where the rows below are to be asked.
  var plain: FirstRow? {
    if texts.count > words.count, texts.count == numeric.count { return FirstRow(isHeader: true) }
    if countsUp, numeric.count >= 8 { return FirstRow(isHeader: true, isPlain: false) }
    if numeric.isEmpty ? categoricals.isEmpty : texts.isEmpty && !hasNamedLabel && !countsUp {
      return FirstRow(isHeader: false)
    }
    return nil
  }

  /// What the row alone makes likely, where a model was trained on such a table: nothing below is waited for then.
  ///
  /// - Parameters:
  ///   - isCounted: Whether whole numbers that count up are names.
  ///   - isLabelNamed: Whether what stands in the column of the targets cannot be one.
  func likely(isCounted: Bool, isLabelNamed: Bool) -> FirstRow {
    if isLabelNamed, texts.count < max(1, numeric.count) { return FirstRow(isHeader: true, isPlain: false) }
    if countsUp, numeric.count >= 8 { return FirstRow(isHeader: isCounted, isPlain: false) }
    if texts.count == words.count { return FirstRow(isHeader: false) }
    return FirstRow(isHeader: fractions.isEmpty, isPlain: texts.count == numeric.count)
  }

  /// What it tells together with the rows below.
  func verdict(_ rows: [[[UInt8]]]) -> FirstRow {
    var below = rows.filter { $0.count == first.count }.map { $0.map { CSVCell($0) } }
    var numbered = self
    for column in words { numbered.replaceWords(in: column, &below) }
    return numbered.verdict(below)
  }

  /// Makes numbers of the words of a column that says 1 and 0 by words of one pair.
  private mutating func replaceWords(in column: Int, _ below: inout [[CSVCell]]) {
    let cells = [first[column]] + below.map { $0[column] }
    let pairs = Set(cells.compactMap(\.truth?.words))
    guard pairs.count == 1, below.contains(where: { $0[column].truth != nil }),
      cells.allSatisfy({ $0.isMissing || $0.truth != nil || $0.number?.isTruth ?? false })
    else { return }
    func digit(_ cell: CSVCell) -> CSVCell {
      cell.truth.map { CSVCell($0.number == 1 ? "1".utf8 : "0".utf8) } ?? cell
    }
    first[column] = digit(first[column])
    for row in below.indices { below[row][column] = digit(below[row][column]) }
  }

  private func verdict(_ below: [[CSVCell]]) -> FirstRow {
    let columns = first.indices.map { column in Column(first[column], below.map { $0[column] }) }
    if let label, hasNamedLabel, columns[label].holdsNumbers,
      !numeric.contains(where: { columns[$0].isNumber && columns[$0].holdsText })
    {
      // A word that is no name stands in a row like those below.
      let isAlike =
        below.count < 4
        ? texts.isEmpty && numeric.allSatisfy { columns[$0].recurs }
        : fractions.count == numeric.count && numeric.allSatisfy { columns[$0].isWithin }
      return FirstRow(isHeader: !isAlike, isPlain: false)
    }
    let names = ((label.map { hasNamedLabel ? [$0] : [] } ?? []) + categoricals).map { columns[$0] }
    let numbers = numeric.map { columns[$0] }
    if !texts.isEmpty {
      // Text among numbers: a name among names that are numbers, or a cell of data that is no number.
      let isData = !fractions.isEmpty || names.contains(where: \.recurs) || mostAreWithin(numbers)
      return FirstRow(isHeader: !isData, isPlain: false)
    }
    let repeating = names.filter(\.repeats)
    let new = repeating.count { !$0.recurs }
    if numeric.isEmpty {
      let isHeader = (hasNamedLabel || label == nil) && 2 * new > repeating.count
      return FirstRow(isHeader: isHeader, isPlain: !isHeader && new == 0)
    }
    if countsUp, numbers.allSatisfy(\.holdsFractions) { return FirstRow(isHeader: true, isPlain: false) }
    guard !names.isEmpty, new == names.count else { return FirstRow(isHeader: false, isPlain: !countsUp) }
    let areOutside = numbers.allSatisfy { $0.isNumber && !$0.isWithin }
    let isHeader = hasNamedLabel && (numeric.count >= 3 && ascends || areOutside || isLabelName)
    return FirstRow(isHeader: isHeader, isPlain: false)
  }

  private func mostAreWithin(_ columns: [Column]) -> Bool {
    let numbers = columns.filter(\.isNumber)
    return 2 * numbers.count(where: \.isWithin) > numbers.count
  }

  private var isLabelName: Bool {
    label.map { LabelColumnName.isOne(String(decoding: first[$0].bytes, as: UTF8.self)) } ?? false
  }

  private var ascends: Bool {
    let numbers = numeric.map { first[$0].number ?? .nan }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Whether the numbers are 0, 1, 2 or 1, 2, 3 and so on: names that were given where there were none.
  private var countsUp: Bool {
    let numbers = numeric.compactMap { first[$0].isWhole ? first[$0].number : nil }
    guard numbers.count == numeric.count, numbers.count >= 3, let start = numbers.first else { return false }
    return (start == 0 || start == 1) && numbers.enumerated().allSatisfy { $1 == start + Double($0) }
  }

  /// A column: its cell of the first row and those below.
  private struct Column {
    let first: CSVCell
    let below: [CSVCell]

    init(_ first: CSVCell, _ below: [CSVCell]) { (self.first, self.below) = (first, below) }

    var isNumber: Bool { first.number != nil }
    private var numbers: [Double] { below.compactMap(\.number) }
    var holdsText: Bool { below.contains(where: \.isText) }
    var holdsNumbers: Bool { !numbers.isEmpty && !holdsText }
    var holdsFractions: Bool {
      holdsNumbers && !below.contains { $0.number.map { $0 == $0.rounded() } ?? false }
    }
    /// Whether the first is no less than the least and no more than the greatest below.
    var isWithin: Bool {
      guard let number = first.number, let least = numbers.min(), let most = numbers.max() else {
        return false
      }
      return least < most && least <= number && number <= most
    }
    /// Whether what stands below comes twice or more, most of it.
    var repeats: Bool { below.count >= 4 && 2 * Set(below.map(\.bytes)).count <= below.count }
    var recurs: Bool { below.contains { $0.bytes == first.bytes } }
  }
}

extension CSVCell {
  /// Whether it is a whole number as names are: digits alone.
  fileprivate var isWhole: Bool { !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) } }
}

extension ModelColumns {
  /// Whether a text names the column of the targets, and is none of them.
  func isNameOfTargets(_ text: String) -> Bool {
    guard CSVCell(text.utf8).isText, !classNames.contains(text) else { return false }
    return classNames.isEmpty || text == label?.name || LabelColumnName.isOne(text)
  }
}
