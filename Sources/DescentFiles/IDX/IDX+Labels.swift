import Descent

extension IDX {
  /// Reads a file of one number a row as targets, and the classes' names.
  static func readLabels(
    _ input: Input, _ options: DataOptions
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    let header = try IDXHeader(input)
    guard header.dimensions.count == 1 else {
      throw FileError(
        .badData, input.name, at: .byte(3),
        "holds \(header.dimensions.dropFirst().map { String($0) }.joined(separator: " × ")) numbers a row, not labels",
        remedy: "give the file of labels")
    }
    let bytes = try input.take(header.payload)
    guard bytes.count == header.payload else { throw header.cutOff(input, after: bytes.count) }
    try header.checkEnd(input)
    let numbers: [Double] = header.numbers(bytes)
    try header.checkFinite(numbers, first: 0, file: input.name)
    if options.target == .numbers { return (.values(numbers), []) }
    return try classes(numbers, options.model?.classNames ?? [], header, input.name)
  }

  /// Numbers the classes: as the model does, where it names any, else in the order of the labels.
  private static func classes(
    _ labels: [Double], _ known: [String], _ header: IDXHeader, _ file: String
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    func failure(_ label: Double, _ problem: String, _ remedy: String) -> FileError {
      let place = FileError.Place.byte(header.length + labels.firstIndex(of: label)! * header.type.size)
      return FileError(.badData, file, at: place, problem, remedy: remedy)
    }
    let distinct = Set(labels)
    if let label = distinct.first(where: { $0.rounded() != $0 }) {
      throw failure(label, "the label \(label) is not a whole number", "fit numbers, or write class numbers")
    }
    guard distinct.count <= FoundNames.greatestCount, distinct.allSatisfy({ abs($0) < 0x1p53 }) else {
      throw failure(labels[0], "the labels are too many or too large to be classes", "fit numbers")
    }
    let names = known.isEmpty ? distinct.sorted().map { String(Int($0)) } : known
    let numbers = Dictionary(zip(names, Int32(0)...)) { first, _ in first }
    var table: [Double: Int32] = [:]
    for label in distinct.sorted() {
      let name = String(Int(label))
      guard let number = numbers[name] else {
        throw failure(label, "the model knows no class \(quoted(name))", "it knows \(listed(known, 10))")
      }
      table[label] = number
    }
    return (.labels(labels.map { table[$0]! }), names)
  }
}
