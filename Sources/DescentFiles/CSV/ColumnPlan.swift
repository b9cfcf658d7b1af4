internal import Descent

/// What each column of a table is for, by their places from 0.
struct ColumnPlan {
  /// In the order of the features that they become.
  var features: [Int] = []
  /// Those of them that hold categories.
  var categoricals: Set<Int> = []
  var label: Int?
  var id: Int?
  var weight: Int?
  var offset: Int?
  var isExposure = false
  /// That which tells which rows belong together; it may be another's too.
  var group: Int?
  var ignored: [Int] = []
  /// Those of which a model knows nothing.
  var extra: [Int] = []
  /// Those whose cells go beside the rows.
  var kept: [Int] = []

  /// By what option each column was given its part.
  private var options: [Int: Phrase.Option] = [:]

  /// - Parameter model: The one that the table's rows are meant for, where there is one.
  init(_ head: TableHead, _ options: DataOptions, model: ModelColumns?) throws(FileError) {
    try take(options, head)
    if let model { try find(head, model, options) } else { try choose(head, options) }
    try keep(options, head)
  }

  /// Finds the features and the targets, where no model has settled them.
  private mutating func choose(_ head: TableHead, _ options: DataOptions) throws(FileError) {
    if head.namesRows, !isTaken(0), options.label != .column("1") {
      ignored.append(0)
      self.options[0] = .ignore
    }
    let roles = options.roles
    var chosen: [Int] = []
    for name in roles.features { chosen.append(try take(name, .features, " of features", head)) }
    if label == nil, options.label == .last { label = head.columns.last { !isTaken($0) } }
    let rest = head.columns.filter { !isTaken($0) && $0 != label }
    features = chosen.isEmpty ? rest : chosen.sorted()
    if !chosen.isEmpty { ignored += rest }
    for name in roles.categorical {
      let column = try head.index(of: name, " of categories")
      try check(categorical: column, head)
      categoricals.insert(column)
    }
  }

  private func check(categorical column: Int, _ head: TableHead) throws(FileError) {
    if column == label {
      throw head.failure(
        column: column, "this is the column of the targets",
        "leave it out of \(.categorical), or name another with \(.label)")
    }
    guard !features.contains(column) else { return }
    if let option = options[column] { throw Self.conflict(column, option, .categorical, head) }
    throw head.failure(
      column: column, "it is to hold categories, and is none of the features",
      "add it to \(.features), or leave it out of \(.categorical)")
  }

  /// Finds a model's columns: by their names where table and model have some, else by their places.
  private mutating func find(
    _ head: TableHead, _ model: ModelColumns, _ options: DataOptions
  ) throws(FileError) {
    if head.isHeader, !model.columnNames.isEmpty {
      try findByName(head, model, options)
    } else {
      try findByPlace(head, model, options)
    }
    categoricals = Set(zip(features, model.table?.columns ?? []).filter { $1.categories != nil }.map { $0.0 })
    if let offset = model.others.offset, self.offset == nil {
      throw head.failure(
        "there is no column\(offset.name.map { " " + quoted($0) } ?? "") that is added to the scores",
        "add it, as the model was trained with it")
    }
  }

  /// Takes the columns that are asked for whether there is a model or not.
  private mutating func take(_ options: DataOptions, _ head: TableHead) throws(FileError) {
    let roles = options.roles
    for name in roles.ignored { ignored.append(try take(name, .ignore, " to ignore", head)) }
    if let name = roles.id { id = try take(name, .id, " of ids", head) }
    if let name = roles.weight { weight = try take(name, .weight, " of weights", head) }
    if let name = roles.offset { offset = try take(name, .offset, " of offsets", head) }
    if let name = roles.exposure {
      (offset, isExposure) = (try take(name, .exposure, " of exposures", head), true)
    }
    if case .column(let name) = options.label, !options.ignoresTargets || head.find(name) != nil {
      label = try take(name, .label, "", head)
    }
    if let name = roles.group { try take(group: name, roles, head) }
  }

  /// A column of groups is ignored, unless it is something else.
  private mutating func take(group name: String, _ roles: ColumnRoles, _ head: TableHead) throws(FileError) {
    let column = try head.index(of: name, " of groups")
    group = column
    guard !isTaken(column), roles.features.allSatisfy({ head.find($0) != column }) else { return }
    options[column] = roles.groupOption
    ignored.append(column)
  }

  private mutating func take(
    _ name: String, _ option: Phrase.Option, _ what: String, _ head: TableHead
  ) throws(FileError) -> Int {
    let column = try head.index(of: name, what)
    if let other = options.updateValue(option, forKey: column) {
      throw Self.conflict(column, other, option, head)
    }
    return column
  }

  func isTaken(_ column: Int) -> Bool { options[column] != nil }

  static func conflict(
    _ column: Int, _ first: Phrase.Option, _ second: Phrase.Option, _ head: TableHead
  ) -> FileError {
    var error = head.failure(column: column, "both name the column", "leave it out of one")
    error.subject = "\(first) and \(second)"
    if first == second { (error.subject, error.problem) = ("\(first)", "names the column twice") }
    return error
  }

  /// Finds the columns whose cells go beside the rows: that which tells them apart first.
  private mutating func keep(_ options: DataOptions, _ head: TableHead) throws(FileError) {
    kept = id.map { [$0] } ?? []
    for name in options.keeps {
      let column = try head.index(of: name, " to keep")
      if !kept.contains(column) { kept.append(column) }
    }
    if let group, !kept.contains(group) { kept.append(group) }
    extra.removeAll { kept.contains($0) }
  }

  /// What a model remembers of the columns that are neither features nor targets.
  func others(_ head: TableHead) -> OtherColumns {
    var others = OtherColumns()
    others.ignored = ignored.sorted().map { head.column($0) }
    others.id = id.map { head.column($0) }
    others.weight = weight.map { head.column($0) }
    (others.offset, others.isExposure) = (offset.map { head.column($0) }, isExposure)
    return others
  }
}
