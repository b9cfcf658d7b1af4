import Descent

/// The targets of LIBSVM rows as they are read: classes named by numbers, numbers, or none.
///
/// `+1`, `1` and `1.0` are one class, '1'.
struct LIBSVMTargets {
  private let options: DataOptions
  /// The labels as they are spelt, and the class of each.
  private var spellings = ClassTable()
  private var classes: [Int32] = []
  /// Whether the model has named the classes.
  private let isClosed: Bool
  private var names: [String]
  /// The class that a number names, and the line that brought it first, unless the model did.
  private var numbers: [Double: Int32] = [:]
  private var lines: [Int] = []
  private var labels: [Int32] = []
  private var values: [Double] = []

  init(_ options: DataOptions) {
    self.options = options
    names = options.model?.classNames ?? []
    isClosed = !names.isEmpty
    for (number, name) in zip(Int32(0)..., names) {
      if let value = Double(name), numbers[value] == nil { numbers[value] = number }
    }
  }

  /// Adds the label of the row that `reader` read last.
  mutating func append(from reader: LIBSVMReader) throws(FileError) {
    guard !options.ignoresTargets else { return }
    let text = reader.label
    if options.target == .classes, let spelling = spellings.number(of: text) {
      return labels.append(classes[Int(spelling)])
    }
    guard let value = CSVCell(text).number, value.isFinite else {
      if text.contains(UInt8(ascii: ",")) {
        throw reader.failure("\(quoted(text)) are several labels", "give each row one")
      }
      if !text.isEmpty, CSVCell(text).isMissing {
        throw reader.failure(
          CSVCell(text).missingLabel ?? "the label is missing", "write a number or remove the row")
      }
      throw reader.failure(
        "the label \(quoted(text)) is not a number", "begin each row with its label, a number")
    }
    if options.target == .numbers {
      guard value >= 0 || !options.refusesNegativeTargets else {
        throw reader.failure(
          "the target is \(value), and counts are not below 0", options.negativeTargetRemedy)
      }
      return values.append(value)
    }
    let number = try self.number(of: value, Self.name(of: value), line: reader.line, reader.scanner.file)
    _ = spellings.insert(text)
    classes.append(number)
    labels.append(number)
  }

  private static func name(of value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private mutating func number(
    of value: Double, _ name: String, line: Int, _ file: String
  ) throws(FileError) -> Int32 {
    if let known = numbers[value] { return known }
    func failure(_ problem: String, _ remedy: Phrase) -> FileError {
      FileError(.badData, file, at: .line(line), problem, remedy: remedy)
    }
    guard !isClosed else {
      throw failure("the model knows no class \(quoted(name))", "it knows \(listed(names, 10))")
    }
    guard names.count < FoundNames.greatestCount else {
      throw failure(
        "there are more than \(FoundNames.greatestCount) classes", "fit numbers, with \(.loss) squared")
    }
    let number = Int32(names.count)
    numbers[value] = number
    names.append(name)
    lines.append(line)
    return number
  }

  /// Adds those of the rows that follow, which were read apart.
  ///
  /// - Parameters:
  ///   - lines: The lines before these rows.
  ///   - share: That of the file up to the end of these rows, where it is known.
  mutating func append(
    _ others: LIBSVMTargets, after lines: Int, file: String, share: Double?
  ) throws(FileError) {
    reserve(&values, others.values.count, share: share)
    values += others.values
    reserve(&labels, others.labels.count, share: share)
    guard !isClosed else { return labels += others.labels }
    var table: [Int32] = []
    for (name, line) in zip(others.names, others.lines) {
      table.append(try number(of: Double(name)!, name, line: lines + line, file))
    }
    labels += others.labels.lazy.map { table[Int($0)] }
  }

  /// Those of all rows, and the classes' names. They are not kept.
  mutating func finished() -> (targets: Targets, classNames: [String]) {
    defer { (labels, values) = ([], []) }
    if options.target == .numbers { return (.values(values), []) }
    guard !isClosed else { return (.labels(labels), names) }
    let ordered = Targets.ordered(Set(names))
    let numbers = Dictionary(uniqueKeysWithValues: zip(ordered, Int32(0)...))
    let table = names.map { numbers[$0]! }
    for row in labels.indices { labels[row] = table[Int(labels[row])] }
    return (.labels(labels), ordered)
  }

  /// Those of the rows since the last call; nil where they are ignored.
  mutating func takeBlock() -> Targets? { options.ignoresTargets ? nil : finished().targets }
}
