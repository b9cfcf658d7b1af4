import Descent

/// The parts of a training with all that is set of each, as metrics hold them:
/// `{"loss": {"name": "huber", "delta": 1.35}, "penalty": …, "scaling": …, "solver": …}`.
struct Recipe {
  let object: JSONValue

  init(_ trainer: Trainer) {
    func part(_ name: String, _ settings: [Setting]) -> JSONValue {
      .object(
        settings.reduce(into: ["name": .text(name)]) { members, setting in
          members[setting.name] =
            switch setting.value {
            case .number(let number): .number(number)
            case .count(let count): .count(count)
            case .text(let text): .text(text)
            }
        })
    }
    object = .object([
      "loss": part(trainer.loss.name, trainer.loss.settings),
      "penalty": part(trainer.penalty.name, trainer.penalty.settings),
      "scaling": part(trainer.scaling.name, trainer.scaling.settings),
      "solver": part(trainer.solver.name, trainer.solver.settings),
    ])
  }
}
