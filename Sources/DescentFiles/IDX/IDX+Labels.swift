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
    let classes = ClassNumbers(file: input.name) { .byte(header.length + $0 * header.type.size) }
    return try classes.targets(numbers, options)
  }
}
