internal import Descent

/// The labels of rows that are in several files: of as many files of labels, or of one.
enum LabelShards {
  /// The targets of all rows, and the classes' names.
  ///
  /// - Parameter mostClasses: More of them are an error.
  static func read(
    of shards: NPYShards, _ options: DataOptions, mostClasses: Int = FoundNames.greatestCount
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    guard let path = options.labelsPath else { throw NPY.lacksLabels(shards.name) }
    let labels = try ShardPattern.files(MemberPath(path).file) ?? [path]
    func read(
      _ label: Int, _ options: DataOptions
    ) throws(FileError) -> (targets: Targets, classNames: [String]) {
      let isOne = labels.count == 1
      return try LabelFile.read(
        LabelFile.open(labels[label], options), rows: isOne ? shards.rows : shards.files[label].header.rows,
        of: isOne ? shards.name : shards.files[label].path, options, mostClasses: mostClasses)
    }
    guard labels.count > 1 else { return try read(0, options) }
    guard labels.count == shards.files.count else {
      throw FileError(
        .badData, path,
        "names \(counted(labels.count, "file")) of labels for \(counted(shards.files.count, "file")) of rows",
        remedy: "give one for each, or one for all")
    }
    let isText = try holdText(labels, options)
    var (parts, asked) = ([(targets: Targets, classNames: [String])](), options)
    // What classes there are all of them tell together.
    if !isText { asked.target = .numbers }
    for label in labels.indices { parts.append(try read(label, asked)) }
    if isText, options.target != .numbers { return try joined(parts, path, mostClasses) }
    let numbers = parts.flatMap { $0.targets.numbers }
    guard options.target != .numbers else { return (.values(numbers), []) }
    do throws(FileError) {
      return try ClassNumbers(file: path) { _ in .file }.targets(numbers, options)
    } catch {
      // The file whose labels are no classes tells where.
      for label in labels.indices { _ = try read(label, options) }
      throw error
    }
  }

  /// Whether they stand as text, which all must or none.
  private static func holdText(_ labels: [String], _ options: DataOptions) throws(FileError) -> Bool {
    let isText = try LabelFile.holdsText(LabelFile.open(labels[0], options))
    for path in labels.dropFirst() where try LabelFile.holdsText(LabelFile.open(path, options)) != isText {
      throw FileError(
        .badData, path, "its labels are \(isText ? "numbers" : "text"), and those of \(labels[0]) are not",
        remedy: "save all by one type")
    }
    return isText
  }

  /// Names of classes that were numbered file by file.
  private static func joined(
    _ parts: [(targets: Targets, classNames: [String])], _ path: String, _ most: Int
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    // Those of a model are known at each.
    let all = parts[0].classNames
    if parts.allSatisfy({ $0.classNames == all }) {
      return (.labels(parts.flatMap { $0.targets.classes }), all)
    }
    let (names, _) = ClassTable(Array(Set(parts.flatMap(\.classNames)))).ordered
    guard names.count <= most else {
      throw FileError(.badData, path, "there are more than \(most) classes", remedy: "fit numbers")
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, Int32(0)...))
    let labels = parts.flatMap { part in
      let own = part.classNames.map { numbers[$0]! }
      return part.targets.classes.map { own[Int($0)] }
    }
    return (.labels(labels), names)
  }
}

extension Targets {
  fileprivate var classes: ArraySlice<Int32> {
    guard case .labels(let labels) = self else { return [] }
    return labels
  }

  fileprivate var numbers: ArraySlice<Double> {
    guard case .values(let values, _) = self else { return [] }
    return values
  }
}
