internal import Descent

extension ColumnPlan {
  /// Finds a model's columns by their names, in whatever order, and others between them.
  mutating func findByName(
    _ head: TableHead, _ model: ModelColumns, _ options: DataOptions
  ) throws(FileError) {
    let places = Dictionary(zip(head.texts, head.columns)) { first, _ in first }
    let missing = model.columnNames.filter { places[$0] == nil }
    guard missing.isEmpty else {
      let plural = missing.count > 1
      throw head.failure(
        "there \(plural ? "are no columns" : "is no column") \(listed(missing)), which the model takes",
        head.there(near: missing))
    }
    features = model.columnNames.map { places[$0]! }
    for (column, name) in zip(features, model.columnNames) where isTaken(column) {
      throw head.failure(
        column: column, "the model takes \(quoted(name)) as a feature", "name another column, or none")
    }
    find(model.others, head)
    try checkOffset(model.others, head)
    var rest = Set(head.columns).subtracting(
      features + ignored + [id, weight, offset, label].compactMap { $0 })
    if label == nil, options.label == .last {
      label = model.label.map { head.find($0) } ?? rest.max()
      label.map { _ = rest.remove($0) }
    }
    if label == nil, !options.ignoresTargets {
      let name = model.label?.name.map { " " + quoted($0) } ?? ""
      throw head.failure("there is no column\(name) of labels", "add it, or name it with \(.label)")
    }
    extra = rest.sorted()
  }

  /// The columns beside features and targets that the model remembers, where they are there and nothing else is said.
  private mutating func find(_ others: OtherColumns, _ head: TableHead) {
    let known = [features, ignored, [id, weight, offset, label].compactMap { $0 }].joined()
    func find(_ column: TableColumn?) -> Int? {
      column.flatMap { head.find($0) }.flatMap { known.contains($0) ? nil : $0 }
    }
    ignored += others.ignored.compactMap(find)
    id = id ?? find(others.id)
    weight = weight ?? find(others.weight)
    if offset == nil { (offset, isExposure) = (find(others.offset), others.isExposure) }
  }

  /// Takes a model's columns as they come: all that it was trained on, with its targets or without, or the features alone,
  /// with the targets or without.
  mutating func findByPlace(
    _ head: TableHead, _ model: ModelColumns, _ options: DataOptions
  ) throws(FileError) {
    let (count, taken) = (head.columns.count, model.columnCount)
    let others = model.others.all
    let rest = head.columns.filter { !isTaken($0) }
    let isOpen = rest.count == count && !others.isEmpty
    let places = isOpen ? places(model, of: count, options) : nil
    if let places {
      (features, label) = (places.features, places.label)
      find(places.others, head)
    } else if rest.count == taken {
      features = rest
    } else if rest.count == taken + 1, label == nil, options.label == .last {
      let before = model.label.map { label in others.count { $0.number < label.number } } ?? 0
      let place = model.label.map { $0.number - 1 - before } ?? taken
      label = rest[(0...taken).contains(place) ? place : taken]
      features = rest.filter { $0 != label }
    } else {
      throw misfit(count, model, options, head)
    }
    if label == nil, !options.ignoresTargets { throw misfit(count, model, options, head) }
    try checkOffset(model.others, head)
  }

  /// What a model adds to its scores must be there: without it they are others.
  private func checkOffset(_ others: OtherColumns, _ head: TableHead) throws(FileError) {
    guard offset == nil, let wanted = others.offset else { return }
    let name =
      wanted.name.map { " " + quoted($0) } ?? ", where the training data had column \(wanted.number),"
    throw head.failure(
      "there is no column\(name) of \(others.isExposure ? "exposures" : "offsets"), which the model adds to its scores",
      others.isExposure ? "add it, or name it with \(.exposure)" : "add it, or name it with \(.offset)")
  }

  /// Where the columns of the table that a model was trained on stand in one of so many, with the targets or without; nil
  /// where it is another.
  private func places(
    _ model: ModelColumns, of count: Int, _ options: DataOptions
  ) -> (features: [Int], label: Int?, others: OtherColumns)? {
    var others = model.others
    let width = model.columnCount + others.all.count + (model.label == nil ? 0 : 1)
    let lacksLabel = count == width - 1 && options.ignoresTargets && options.label == .last
    guard let label = model.label?.number, count == width || lacksLabel else { return nil }
    func moved(_ column: TableColumn) -> TableColumn {
      TableColumn(name: nil, number: column.number - (lacksLabel && column.number > label ? 1 : 0))
    }
    others.ignored = others.ignored.map(moved)
    others.id = others.id.map(moved)
    others.weight = others.weight.map(moved)
    others.offset = others.offset.map(moved)
    let taken = Set(others.all.map { $0.number - 1 } + (lacksLabel ? [] : [label - 1]))
    let features = (0..<count).filter { !taken.contains($0) }
    guard features.count == model.columnCount else { return nil }
    return (features, lacksLabel ? nil : label - 1, others)
  }

  private func misfit(
    _ count: Int, _ model: ModelColumns, _ options: DataOptions, _ head: TableHead
  ) -> FileError {
    let (fields, taken) = (counted(count, "column"), counted(model.columnCount, "feature"))
    let takesLabel = !options.ignoresTargets
    if takesLabel, count == model.columnCount {
      return head.failure(
        "\(fields) where the model takes \(taken) and the label is one more", "add the column of labels")
    }
    return head.failure(
      "\(fields) \(count == 1 ? "does" : "do") not fit the model, which takes \(taken)",
      takesLabel ? "give \(taken) and the label" : "give the features it was trained on")
  }
}
