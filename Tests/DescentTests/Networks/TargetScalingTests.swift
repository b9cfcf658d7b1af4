import Descent
import LinearAlgebra
import Testing

@Suite("Networks that learn numbers of any size")
struct TargetScalingTests {
  /// Some curved function of two features; `target` makes each row's numbers of it.
  private func curve(_ rows: Int = 160, _ target: (Double) -> [Double]) -> Dataset {
    var generator = SeededGenerator(seed: 11)
    let x = (0..<2 * rows).map { _ in Double.random(in: -1...1, using: &generator) }
    let y = (0..<rows).map { target(x[2 * $0] * x[2 * $0] + 0.5 * x[2 * $0 + 1]) }
    return Dataset(
      features: Matrix(rows: rows, columns: 2, elements: x).storage,
      targets: .values(y.flatMap { $0 }[...], width: y[0].count))
  }

  private func fit<Element: KernelScalar>(
    _ data: Dataset, _ loss: any Loss = SquaredError(), as type: Element.Type = Double.self
  ) throws -> Fit<Element> {
    try Trainer(
      model: .network(hidden: [16]), loss: loss, penalty: NoPenalty(),
      solver: MiniBatch(Adam(), epochs: 120, batchSize: 32, learningRate: 0.01, schedule: .cosine), threads: 1
    ).fit(data, as: type)
  }

  @Test(arguments: [(0.0, 1.0), (3e5, 1.5e5), (-1e9, 1e3), (0, 1e-200), (1e155, 1e154)])
  func aTargetsUnitDoesNotMatter(_ offset: Double, _ scale: Double) throws {
    for loss in [SquaredError(), Huber(delta: 0.5 * scale)] as [any Loss] {
      let data = curve { [offset + scale * $0] }
      let fit = try fit(data, loss)
      // In units of the spread, so that no square overflows.
      let predicted = fit.model.scores(matrix(of: data)).elements.map { ($0 - offset) / scale }
      let wanted = curve { [$0] }
      let t = try wanted.targets.requireValues()
      let mean = t.reduce(0, +) / Double(t.count)
      let (left, all) = zip(predicted, t).reduce((0.0, 0.0)) {
        ($0.0 + ($1.0 - $1.1) * ($1.0 - $1.1), $0.1 + ($1.1 - mean) * ($1.1 - mean))
      }
      #expect(1 - left / all > 0.95, "\(loss.name), \(offset), \(scale)")
    }
  }

  private func matrix(of data: Dataset) -> Matrix<Double> {
    var elements = [Double](repeating: 0, count: data.rows * data.columns)
    var span = elements.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    return Matrix(rows: data.rows, columns: data.columns, elements: elements)
  }

  /// Powers of two round nothing.
  @Test func anotherUnitGivesTheSameBits() throws {
    let one: Fit<Float> = try fit(curve { [$0 + 3] }, as: Float.self)
    let other: Fit<Float> = try fit(curve { [1024 * ($0 + 3)] }, as: Float.self)
    #expect(one.parameters == other.parameters && one.objective == other.objective)
    #expect(one.model.parameters.suffix(17).map { 1024 * $0 } == Array(other.model.parameters.suffix(17)))
    #expect(one.model.parameters.dropLast(17) == other.model.parameters.dropLast(17))
  }

  /// The loss that is told is that of the model that is returned, in units of the scale's square.
  @Test func theLossIsInUnitsOfTheScale() throws {
    for loss in [SquaredError(), Huber(delta: 40)] as [any Loss] {
      let data = curve { [500 + 100 * $0] }
      let fit = try fit(data, loss)
      let scale = try #require(fit.targetScaling).scales[0]
      let own = fit.model.evaluate(on: data, loss: loss).loss
      #expect(abs(fit.loss * scale * scale / own - 1) < 1e-9, "\(loss.name)")
    }
  }

  @Test func severalTargets() throws {
    let data = curve { [3e5 + 1e5 * $0, -1e-3 * $0, 7] }
    let fit = try fit(data)
    #expect(fit.targetScaling?.scales[2] == 1 && abs(fit.targetScaling!.centres[2] - 7) < 1e-12)
    let scores = fit.model.scores(matrix(of: data))
    let t = try data.targets.requireValues()
    for (j, spread) in [1e5, 1e-3, 1].enumerated() {
      let error = (0..<data.rows).map { abs(scores[$0, j] - t[3 * $0 + j]) }.reduce(0, +) / Double(data.rows)
      #expect(error < 0.05 * spread, "target \(j): \(error)")
    }
    // Huber's δ is one for all, and so is the scale.
    let huber: Fit<Double> = try self.fit(data, Huber(delta: 1e5))
    #expect(Set(huber.targetScaling!.scales).count == 1)
  }

  @Test func othersAreTakenAsTheyAre() throws {
    let classes: Fit<Float> = try Trainer(
      model: .network(hidden: [4]), loss: SquaredError(), solver: MiniBatch(epochs: 1)
    ).fit(overlapping(rows: 60, features: 3, classes: 2))
    #expect(classes.targetScaling == nil)
    let linear: Fit<Float> = try Trainer(loss: SquaredError(), solver: MiniBatch(epochs: 1)).fit(
      noisyPlane(rows: 60, features: 3))
    #expect(linear.targetScaling == nil)
  }
}
