internal import Descent

/// What model files say besides what they need to score: a model's columns and where it came from, as texts by key.
///
/// Nothing in them is trusted. What makes no sense here becomes a remark, and is written again as it was.
struct ModelNotes {
  /// The texts that nothing was made of yet.
  private var rest: [String: String]

  init(_ texts: [String: String]) { rest = texts }

  /// The column of the targets, and what was said of the file.
  mutating func label() -> TableColumn? {
    guard let number = rest["label_column"].flatMap({ Int($0) }) else { return nil }
    rest["label_column"] = nil
    return TableColumn(name: rest.removeValue(forKey: "label"), number: number)
  }

  /// The columns that are neither features nor targets.
  mutating func others() -> OtherColumns {
    guard let text = rest["other_columns"], let others = OtherColumns(json: text) else { return .init() }
    rest["other_columns"] = nil
    return others
  }

  /// The JSON of a table's columns.
  mutating func table() -> String? { rest.removeValue(forKey: "table") }

  mutating func reading() -> FileReading {
    var reading = FileReading()
    reading.form = TableForm(texts: rest)
    reading.hasNoHeader = rest["header"] == "no"
    reading.isZeroBased = rest["zero_based"] == "true"
    for (key, text) in Self.texts(of: reading) where rest[key] == text { rest[key] = nil }
    return reading
  }

  /// All that is left.
  mutating func provenance() -> Provenance {
    var result = Provenance()
    for fact in ProvenanceText.all {
      if let text = rest[fact.key], fact.read(&result, text) { rest[fact.key] = nil }
    }
    (result.scaling, result.solver) = (choice("scaling"), choice("solver"))
    (result.penalty, result.classWeights) = (penalty(), choice("class_weight"))
    result.remarks = rest.inOrder.map { Setting($0.key, $0.value) }
    rest = [:]
    return result
  }

  /// A choice with its settings, under `key` and `key.SETTING`.
  private mutating func choice(_ key: String) -> Provenance.Choice? {
    guard let name = rest.removeValue(forKey: key) else { return nil }
    let settings = rest.filter { $0.key.hasPrefix(key + ".") }
    for setting in settings { rest[setting.key] = nil }
    return .init(name, settings.map { Setting(String($0.key.dropFirst(key.count + 1)), text: $0.value) })
  }

  /// The penalty's settings stand under their own names: only what is a penalty's here is known as one.
  private mutating func penalty() -> Provenance.Choice? {
    guard let name = rest.removeValue(forKey: "penalty") else { return nil }
    let known = Penalties.all.first { $0.name == name }?.settable ?? []
    return .init(
      name,
      known.compactMap { setting in rest.removeValue(forKey: setting).map { Setting(setting, text: $0) } })
  }
}

extension ModelNotes {
  /// The texts that say what a model's columns and provenance are.
  static func texts<Element>(of model: TrainedModel<Element>) -> [String: String] {
    let (columns, provenance) = (model.columns, model.provenance)
    var texts = Dictionary(provenance.remarks.map { ($0.name, $0.text) }) { $1 }
    texts.merge(Self.texts(of: columns.reading)) { $1 }
    texts.merge(Self.texts(of: provenance)) { $1 }
    if let table = columns.table { texts["table"] = table.json }
    if columns.others != OtherColumns() { texts["other_columns"] = columns.others.json }
    if let label = columns.label {
      texts["label"] = label.name
      texts["label_column"] = "\(label.number)"
    }
    return texts
  }

  private static func texts(of provenance: Provenance) -> [String: String] {
    var texts: [String: String] = [:]
    for fact in ProvenanceText.all { texts[fact.key] = fact.write(provenance) }
    let choices = [
      ("penalty", "", provenance.penalty), ("scaling", "scaling.", provenance.scaling),
      ("solver", "solver.", provenance.solver), ("class_weight", "class_weight.", provenance.classWeights),
    ]
    for case (let key, let prefix, let choice?) in choices {
      texts[key] = choice.name
      for setting in choice.settings { texts[prefix + setting.name] = setting.text }
    }
    return texts
  }

  private static func texts(of reading: FileReading) -> [String: String] {
    var texts = reading.form.texts
    if reading.hasNoHeader { texts["header"] = "no" }
    if reading.isZeroBased { texts["zero_based"] = "true" }
    return texts
  }
}

extension Setting {
  /// The setting whose ``text`` a file holds: a count or a number where it is written as one.
  init(_ name: String, text: String) {
    if let count = Int(text), "\(count)" == text {
      self.init(name, count)
    } else if let number = Double(text), "\(number)" == text {
      self.init(name, number)
    } else {
      self.init(name, text)
    }
  }
}
