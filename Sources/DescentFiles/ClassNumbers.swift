import Descent

/// Classes that a file names by numbers, one a row.
struct ClassNumbers {
  /// The file of the labels.
  let file: String
  /// Where in the file the label of a row stands.
  let place: (_ row: Int) -> FileError.Place

  /// The targets that `options` ask for: the numbers themselves, or classes, numbered as the model numbers them
  /// where it names any, else in the order of the labels.
  func targets(
    _ labels: [Double], _ options: DataOptions
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    if options.target == .numbers { return (.values(labels), []) }
    let known = options.model?.classNames ?? []
    if let label = labels.first(where: { $0.rounded() != $0 }) {
      throw failure(
        label, in: labels, "the label \(label) is not a whole number",
        options.purpose == .model
          ? "write class numbers" : "fit numbers, as with \(.loss) squared, or write class numbers")
    }
    let distinct = Set(labels)
    guard distinct.count <= FoundNames.greatestCount, distinct.allSatisfy({ abs($0) < 0x1p53 }) else {
      throw failure(
        labels[0], in: labels, "the labels are too many or too large to be classes", "fit numbers")
    }
    let names = known.isEmpty ? distinct.sorted().map { String(Int($0)) } : known
    let numbers = Dictionary(zip(names, Int32(0)...)) { first, _ in first }
    var table: [Double: Int32] = [:]
    for label in distinct.sorted() {
      let name = String(Int(label))
      guard let number = numbers[name] else {
        throw failure(
          label, in: labels, "the model knows no class \(quoted(name))", "it knows \(listed(known, 10))")
      }
      table[label] = number
    }
    return (.labels(labels.map { table[$0]! }), names)
  }

  private func failure(
    _ label: Double, in labels: [Double], _ problem: String, _ remedy: Phrase
  ) -> FileError {
    FileError(.badData, file, at: place(labels.firstIndex(of: label)!), problem, remedy: remedy)
  }
}
