internal import LinearAlgebra

extension GradientCheck {
  /// Checks a loss: ∂ℓ/∂s at random scores of some rows, for random targets of the kind it learns from.
  public func run(_ loss: any Loss, classes: Int = 4, rows: Int = 6) -> GradientReport {
    var numbers = RandomNumbers(seed: seed &+ 1)
    let columns = loss.columns(classes: classes)
    let scores = numbers.uniform(rows * columns, 3)
    let targets = numbers.targets(for: loss, rows: rows, columns: columns)
    func evaluate(_ scores: [Double]) -> (Double, [Double]) {
      var slopes = scores
      var span = slopes.mutableSpan
      let value = loss.evaluate(&span, columns: columns, targets: targets)
      return (value, slopes)
    }
    var layout = ParameterLayout()
    layout.append("scores", shape: [rows, columns], isPenalised: false)
    return run(at: scores, gradient: evaluate(scores).1, layout: layout) { evaluate($0).0 }
  }

  /// Checks a layer, by its inputs and by its parameters, at random ones: of Σ c·outputs with random c.
  public func run(_ layer: any Layer, inputs: Int, rows: Int = 4) -> GradientReport {
    var numbers = RandomNumbers(seed: seed &+ 2)
    let place = LayerPlace(rows: rows, inputs: inputs, randomness: BatchRandomness(seed: seed, step: 0))
    let run = LayerRun(layer, place)
    let slopes = numbers.uniform(rows * run.outputs, 1)
    let x = numbers.uniform(rows * inputs, 2)
    let parameters = numbers.uniform(run.layout.count, 1)
    let (inputGradient, gradient) = run.backward(x, parameters, slopes)
    var layout = ParameterLayout()
    layout.append("inputs", shape: [rows, inputs], isPenalised: false)
    for part in run.layout.parts {
      layout.append(part.name, shape: part.shape, isPenalised: part.isPenalised)
    }
    return self.run(at: x + parameters, gradient: inputGradient + gradient, layout: layout) { point in
      let outputs = run.forward(Array(point[..<x.count]), Array(point[x.count...]))
      return dot(outputs.span, slopes.span)
    }
  }

  /// Checks a model by its parameters, at random ones: of Σ c·scores with random c.
  public func run(_ model: any Model, rows: Int = 4) -> GradientReport {
    var numbers = RandomNumbers(seed: seed &+ 3)
    let block = FeatureBlock(
      Matrix(rows: rows, columns: model.inputs, elements: numbers.uniform(rows * model.inputs, 1)))
    let slopes = numbers.uniform(rows * model.outputs, 1)
    let parameters = numbers.uniform(model.layout.count, 1)
    var workspace = model.workspace(rows: rows, of: Double.self)
    var gradient = [Double](repeating: 0, count: parameters.count)
    model.forward(block, parameters: parameters.span, workspace: &workspace)
    workspace.scores = slopes
    var span = gradient.mutableSpan
    model.backward(block, parameters: parameters.span, workspace: &workspace, scale: 1, gradient: &span)
    return run(at: parameters, gradient: gradient, layout: model.layout) { parameters in
      model.forward(block, parameters: model.fixing(parameters).span, workspace: &workspace)
      return dot(workspace.scores.span, slopes.span)
    }
  }

  /// Checks a whole objective: mean loss and penalty, by the parameters. Kinks, as those of l1 at weights of 0, count as such.
  public func run(_ objective: DataObjective<Double>, at point: [Double]) -> GradientReport {
    let parameters = objective.model.fixing(point)
    var gradient = [Double](repeating: 0, count: objective.count)
    _ = objective.value(at: parameters, gradient: &gradient)
    if objective.hasKinks {
      // What prox takes away, a step, is a subgradient of the kinks where it arrives: after a small step, next to it.
      let step = 1e-6
      var near = parameters
      objective.prox(&near, step: step)
      for i in near.indices { gradient[i] += (parameters[i] - near[i]) / step }
    }
    return run(at: parameters, gradient: gradient, layout: objective.layout) {
      objective.meanLoss(at: objective.model.fixing($0)) + objective.penaltyValue(at: $0)
    }
  }
}

/// Random points for checks.
private struct RandomNumbers {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func uniform(_ count: Int, _ size: Double) -> [Double] {
    (0..<count).map { _ in Double.random(in: -size...size, using: &generator) }
  }

  mutating func targets(for loss: any Loss, rows: Int, columns: Int) -> Targets {
    switch loss.task {
    case .regression:
      let numbers = uniform(rows * columns, 2)
      return .values(
        (loss.link == .logarithm ? numbers.map { abs($0).rounded() } : numbers)[...], width: columns)
    case .classification:
      // One column of scores tells two classes apart.
      let classes = Int32(max(2, columns))
      return .labels((0..<rows).map { _ in Int32.random(in: 0..<classes, using: &generator) })
    }
  }
}
