internal import LinearAlgebra

extension Trainer {
  /// All that the result of a training depends on: the recipe, and what the data hold. Threads and the time limit do
  /// not belong to it. Reads all of the data once.
  func facts(for data: Dataset, as type: any KernelScalar.Type) -> [TrainingFact] {
    facts(for: data, as: type, hash: data.contentHash(alone: threads == 1))
  }

  /// The same with a hash of the data that was made otherwise.
  func facts(for data: Dataset, as type: any KernelScalar.Type, hash: String) -> [TrainingFact] {
    let model = model(for: data)
    var facts = [
      TrainingFact(name: "the number of rows", value: "\(data.rows)"),
      TrainingFact(name: "the number of features", value: "\(data.columns)"),
      TrainingFact(name: Self.hashName, value: hash),
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
    if let classWeights {
      facts.append(TrainingFact(name: "class weights", value: classWeights.choice.name))
      facts += classWeights.choice.settings.map(TrainingFact.init)
    }
    if targetScaling(of: data, for: model) != nil {
      facts.append(TrainingFact(name: "target", value: "standardised"))
    }
    if let earlyStopping {
      facts.append(TrainingFact(name: "patience", value: "\(earlyStopping.patience)"))
      facts.append(TrainingFact(name: "validation", value: "\(earlyStopping.holdout)"))
    }
    return facts + solver.settings.map(TrainingFact.init)
  }

  private static let hashName = "the hash of the data"

  /// A checkpoint of the version before holds another hash of the same data.
  func recogniseFormerHash(of data: Dataset, in old: [TrainingFact], _ facts: inout [TrainingFact]) {
    guard let place = facts.firstIndex(where: { $0.name == Self.hashName }),
      let former = old.first(where: { $0.name == Self.hashName }), former.value != facts[place].value,
      former.value == data.formerContentHash
    else { return }
    facts[place] = former
  }

  static func words(for model: any Model) -> String {
    let layers = (model as? Network)?.layers.map(\.text).joined(separator: ", ")
    return "\(model.name) \(model.inputs) → \(model.outputs)" + (layers.map { " (\($0))" } ?? "")
      + ", \(model.layout.count) parameters"
  }
}
