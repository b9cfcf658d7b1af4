internal import LinearAlgebra

/// One thing that a training's bits depend on, in words.
public struct TrainingFact: Sendable, Equatable, Codable {
  public var name: String
  public var value: String

  /// In what two trainings differ, in a few words; nil where they are one.
  static func difference(_ kept: [TrainingFact], _ now: [TrainingFact]) -> String? {
    func value(_ name: String, of facts: [TrainingFact]) -> String {
      let value = facts.first { $0.name == name }?.value ?? "not set"
      // Earlier versions said so of losses without one, and knew one Huber only.
      if name == "margin", value == "none" { return "not set" }
      if name == "delta", value == "not set", facts.contains(Self(name: "loss", value: "huber")) {
        return "1.0"
      }
      return value
    }
    var names: [String] = []
    for fact in kept + now where !names.contains(fact.name) { names.append(fact.name) }
    let differing = names.filter { value($0, of: kept) != value($0, of: now) }
    guard !differing.isEmpty else { return nil }
    let texts = differing.prefix(3).map {
      "\($0) is \(value($0, of: kept)) there and \(value($0, of: now)) here"
    }
    let others = differing.count - texts.count
    return texts.joined(separator: ", ") + (others > 0 ? ", and \(others) more" : "")
  }
}

extension TrainingFact {
  init(_ setting: Setting) { (name, value) = (setting.name, setting.text) }
}

extension Trainer {
  /// All that the result of a training depends on: the recipe, and what the data hold. Threads and the time limit do
  /// not belong to it. Reads all of the data once.
  func facts<Element: Scalar>(for data: Dataset, as type: Element.Type) -> [TrainingFact] {
    let model = model(for: data)
    var facts = [
      TrainingFact(name: "the number of rows", value: "\(data.rows)"),
      TrainingFact(name: "the number of features", value: "\(data.columns)"),
      TrainingFact(name: "the hash of the data", value: data.contentHash),
      TrainingFact(name: "model", value: Self.words(for: model)),
      TrainingFact(name: "loss", value: loss.name),
    ]
    facts += loss.settings.map(TrainingFact.init)
    facts.append(TrainingFact(name: "penalty", value: penalty.name))
    facts += penalty.settings.map(TrainingFact.init)
    facts += [
      TrainingFact(name: "scaling", value: "\(scaling)"),
      TrainingFact(name: "seed", value: "\(seed)"),
      TrainingFact(name: "precision", value: "\(type)".lowercased()),
      TrainingFact(name: "solver", value: solver.name),
    ]
    if !fitsIntercept { facts.append(TrainingFact(name: "intercept", value: "none")) }
    if targetScaling(of: data.targets, for: model) != nil {
      facts.append(TrainingFact(name: "target", value: "standardised"))
    }
    if let earlyStopping {
      facts.append(TrainingFact(name: "patience", value: "\(earlyStopping.patience)"))
      facts.append(TrainingFact(name: "validation", value: "\(earlyStopping.holdout)"))
    }
    return facts + solver.settings.map(TrainingFact.init)
  }

  private static func words(for model: any Model) -> String {
    let layers = (model as? Network)?.layers.map(\.text).joined(separator: ", ")
    return "\(model.name) \(model.inputs) → \(model.outputs)" + (layers.map { " (\($0))" } ?? "")
      + ", \(model.layout.count) parameters"
  }
}

extension Dataset {
  /// A hash of the features, of the targets and of the names, in hexadecimal. One pass over the data.
  var contentHash: String {
    let hash = ContentHash()
    features.addContents(to: hash)
    switch targets {
    case .labels(let labels): hash.add(labels)
    case .values(let values, let width):
      hash.add([width])
      hash.add(values)
    }
    for name in classNames + [""] + featureNames { hash.add(name) }
    let text = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

extension FeatureStorage {
  /// Adds the numbers to a hash as Doubles, which every stored number is exactly. What was rounded to Float when it was
  /// read is not what a file of Doubles holds: their moments differ.
  public func addContents(to hash: ContentHash) {
    guard columns > 0 else { return }
    let rowsAtOnce = max(1, (1 << 16) / columns)
    var buffer: [Double] = []
    for start in stride(from: 0, to: rows, by: rowsAtOnce) {
      let range = start..<min(start + rowsAtOnce, rows)
      if let numbers = stored(range, as: Double.self) {
        hash.add(numbers)
      } else {
        if buffer.isEmpty { buffer = Array(repeating: 0, count: rowsAtOnce * columns) }
        var span = buffer.mutableSpan
        read(range, into: &span)
        hash.add(buffer[..<(range.count * columns)])
      }
    }
  }
}
