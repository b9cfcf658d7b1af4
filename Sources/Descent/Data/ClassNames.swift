extension Targets {
  /// Numbers classes that are given by name.
  ///
  /// The order is numerical where every name is a whole number, else that of the names' bytes, so that it
  /// depends neither on the order of the rows nor on the locale.
  public static func numbering(_ labels: [String]) -> (targets: Targets, classNames: [String]) {
    let names = ordered(Set(labels))
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, Int32(0)...))
    return (.labels(labels.map { numbers[$0]! }), names)
  }

  /// Distinct class names in the order in which they are numbered.
  public static func ordered(_ names: Set<String>) -> [String] {
    let numbers = names.compactMap { name in Int(name).map { (number: $0, name: name) } }
    if numbers.count == names.count {
      return numbers.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map(\.name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
