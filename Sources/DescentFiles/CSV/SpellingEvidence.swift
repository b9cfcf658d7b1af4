internal import Descent

/// Which spellings of numbers read all numbers of a column, or of a table, and whether they read the same in them.
///
/// One cell seldom tells what a comma means, and all cells mostly do: `1,100` may be 1.1 or 1100, but beside `0,100` it is 1.1,
/// since nobody writes thousands so.
struct SpellingEvidence: Equatable {
  /// Those that are tried, the plainest first.
  private static let forms = [TableForm()] + SpellingProblem.forms
  private static let spellings = forms.map { NumberSpelling($0) }
  private static let all: UInt16 = (1 << UInt16(forms.count)) - 1

  /// A bit for each spelling that reads all numbers; and those that are none with a decimal point alone.
  private var readsAll = Self.all
  private var readsSeparated = Self.all
  /// Whether two spellings read another number in one of the latter.
  private var areAtOdds = false
  private(set) var numbers = 0
  /// How many are none with a decimal point alone, and the first of them.
  private(set) var separated = 0
  private(set) var example: [UInt8] = []

  /// Adds a cell; one that is no number in any spelling tells nothing.
  mutating func add(_ cell: UnsafeBufferPointer<UInt8>) {
    if let mask = Self.plainMask(cell) {
      numbers += 1
      readsAll &= mask
      return
    }
    // A plus begins telephone numbers.
    guard cell.count <= 40, cell.first != UInt8(ascii: "+"), cell.contains(where: { $0.isDigit }) else {
      return
    }
    let bytes = Array(cell)
    let readings = Self.spellings.map { spelling in
      spelling == nil ? CSVCell(bytes).number : spelling!.plain(bytes).flatMap { CSVCell($0).number }
    }
    let mask = readings.enumerated().reduce(0 as UInt16) {
      $1.element == nil ? $0 : $0 | 1 << UInt16($1.offset)
    }
    guard mask != 0 else { return }
    numbers += 1
    readsAll &= mask
    guard readings[0] == nil else { return }
    readsSeparated &= mask
    if Set(readings.compactMap(\.self)).count > 1 { areAtOdds = true }
    if separated == 0 { example = bytes }
    separated += 1
  }

  /// The bits of the spellings that read digits with one point at most, as most numbers are written; nil of other cells.
  private static func plainMask(_ cell: UnsafeBufferPointer<UInt8>) -> UInt16? {
    let start = cell.first == UInt8(ascii: "-") ? 1 : 0
    var point: Int?
    for i in cell.indices.dropFirst(start) where !cell[i].isDigit {
      guard cell[i] == UInt8(ascii: "."), point == nil else { return nil }
      point = i
    }
    guard let point else { return cell.count > start ? all : nil }
    guard cell.count > start + 1 else { return nil }
    let isGroup = 1...3 ~= point - start && cell[start] != UInt8(ascii: "0") && cell.count == point + 4
    return isGroup ? pointMask | groupMask : pointMask
  }

  /// The spellings with a decimal point, and those with a point between thousands.
  private static let pointMask = mask { $0.decimal != .comma }
  private static let groupMask = mask { $0.thousands == .point }

  private static func mask(_ isOne: (TableForm) -> Bool) -> UInt16 {
    forms.enumerated().reduce(0) { isOne($1.element) ? $0 | 1 << UInt16($1.offset) : $0 }
  }

  /// Adds what another column tells.
  mutating func add(_ other: SpellingEvidence) {
    readsAll &= other.readsAll
    readsSeparated &= other.readsSeparated
    areAtOdds = areAtOdds || other.areAtOdds
    numbers += other.numbers
    if separated == 0 { example = other.example }
    separated += other.separated
  }

  /// What all of it comes to.
  enum Verdict: Equatable {
    /// All are numbers with a decimal point, or none is any.
    case plain
    case spelt(TableForm)
    /// Each of several spellings reads all, and not the same numbers.
    case open([TableForm])
    /// None reads all.
    case mixed
  }

  /// Whether it reads all of them.
  func fits(_ form: TableForm) -> Bool {
    let decimal = form.decimal == .point ? nil : form.decimal
    return Self.forms.indices.contains {
      readsAll & 1 << UInt16($0) != 0 && Self.forms[$0].decimal == decimal
        && Self.forms[$0].thousands == form.thousands
    }
  }

  var verdict: Verdict {
    if separated == 0 { return .plain }
    let fitting = Self.forms.indices.filter { readsAll & 1 << UInt16($0) != 0 }
    guard let first = fitting.first else { return .mixed }
    // Cells that may be either are decided by those that may not.
    let kinds = Set(
      Self.forms.indices.filter { readsSeparated & 1 << UInt16($0) != 0 }.map { Self.forms[$0].decimal })
    guard areAtOdds, kinds.count > 1 else { return .spelt(Self.forms[first]) }
    return .open(
      [nil, TableForm.Decimal.comma].compactMap { decimal in
        fitting.first { Self.forms[$0].decimal == decimal }.map { Self.forms[$0] }
      })
  }
}

extension SpellingEvidence {
  /// Those that the table may be read by.
  var forms: [TableForm] {
    switch verdict {
    case .spelt(let form): [form]
    case .open(let forms): forms
    case .plain, .mixed: []
    }
  }

  /// What the first cell that several read is by each of them; nil where there is no choice.
  var reading: TableSurvey.Reading? {
    guard case .open(let forms) = verdict else { return nil }
    let numbers = forms.map { form in
      NumberSpelling(form)?.plain(example).flatMap { CSVCell($0).number }.map { shortest($0) } ?? ""
    }
    return TableSurvey.Reading(
      cell: quoted(example), number: numbers[0], other: forms.count > 1 ? (forms[1], numbers[1]) : nil)
  }
}

extension TableForm {
  /// The options that ask for how numbers are spelt.
  var spellingWords: Phrase {
    let decimal: Phrase? = decimal.map { "\(.decimal) \(value: String($0.rawValue))" }
    let thousands: Phrase? = thousands.map {
      "\(.thousands) \(value: $0 == .space ? "space" : String($0.rawValue))"
    }
    guard let decimal else { return thousands ?? "" }
    return thousands.map { decimal + " " + $0 } ?? decimal
  }
}
