/// One thing that a training's bits depend on, in words.
public struct TrainingFact: Sendable, Equatable, Codable {
  /// What is told, as in "seed" and "the number of rows": the first fact of a name counts.
  public var name: String
  /// As text, numbers too: only equality matters.
  public var value: String

  /// Both are compared as they are, and stand in the message where trainings differ.
  public init(name: String, value: String) { (self.name, self.value) = (name, value) }

  /// In what two trainings differ, in a few words; nil where they are one.
  public static func difference(_ kept: [TrainingFact], _ now: [TrainingFact]) -> String? {
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
