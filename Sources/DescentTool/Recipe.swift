import Descent

/// The parts of a training with all that is set of each, as metrics hold them:
/// `{"loss": {"name": "huber", "delta": 1.35}, "penalty": …, "scaling": …, "solver": …}`.
struct Recipe: Encodable {
  private let parts: [(key: String, name: String, settings: [Setting])]

  init(_ trainer: Trainer) {
    parts = [
      ("loss", trainer.loss.name, trainer.loss.settings),
      ("penalty", trainer.penalty.name, trainer.penalty.settings),
      ("scaling", trainer.scaling.name, trainer.scaling.settings),
      ("solver", trainer.solver.name, trainer.solver.settings),
    ]
  }

  func encode(to encoder: any Encoder) throws {
    var recipe = encoder.container(keyedBy: Key.self)
    for part in parts {
      var container = recipe.nestedContainer(keyedBy: Key.self, forKey: Key(part.key))
      try container.encode(part.name, forKey: Key("name"))
      for setting in part.settings {
        switch setting.value {
        case .number(let number): try container.encode(number, forKey: Key(setting.name))
        case .count(let count): try container.encode(count, forKey: Key(setting.name))
        case .text(let text): try container.encode(text, forKey: Key(setting.name))
        }
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}
