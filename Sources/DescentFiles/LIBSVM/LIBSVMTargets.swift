import Descent

/// The targets of LIBSVM rows as they are read: classes named by numbers, numbers, or none.
///
/// `+1`, `1` and `1.0` are one class, '1'.
struct LIBSVMTargets {
  private let options: DataOptions
  /// The labels as they are spelt, and the class of each.
  private var spellings = ClassTable()
  private var classes: [Int32] = []
  private var names: [String]
  private let isClosed: Bool
  private var labels: [Int32] = []
  private var values: [Double] = []

  init(_ options: DataOptions) {
    self.options = options
    names = options.model?.classNames ?? []
    isClosed = !names.isEmpty
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
      throw reader.failure(
        "the label \(quoted(text)) is not a number", "begin each row with its label, a number")
    }
    if options.target == .numbers { return values.append(value) }
    let isWhole = value == value.rounded() && value.magnitude < 1e15
    let name = isWhole ? "\(Int(value))" : "\(value)"
    let number = try self.number(of: name, reader)
    _ = spellings.insert(text)
    classes.append(number)
    labels.append(number)
  }

  private mutating func number(of name: String, _ reader: LIBSVMReader) throws(FileError) -> Int32 {
    // Few names are new: each spelling is looked for once.
    if let known = names.firstIndex(where: { $0 == name || Double($0) == Double(name) }) {
      return Int32(known)
    }
    guard !isClosed else {
      throw reader.failure("the model knows no class \(quoted(name))", "it knows \(listed(names, 10))")
    }
    guard names.count < FoundNames.greatestCount else {
      throw reader.failure(
        "there are more than \(FoundNames.greatestCount) classes", "fit numbers, with --loss squared")
    }
    names.append(name)
    return Int32(names.count - 1)
  }

  /// Those of all rows, and the classes' names.
  func finished() -> (targets: Targets, classNames: [String]) {
    if options.target == .numbers { return (.values(values), []) }
    guard !isClosed else { return (.labels(labels), names) }
    let ordered = Targets.ordered(Set(names))
    let numbers = Dictionary(uniqueKeysWithValues: zip(ordered, Int32(0)...))
    return (.labels(labels.map { numbers[names[Int($0)]]! }), ordered)
  }

  /// Those of the rows since the last call; nil where they are ignored.
  mutating func takeBlock() -> Targets? {
    defer { (labels, values) = ([], []) }
    return options.ignoresTargets ? nil : finished().targets
  }
}
