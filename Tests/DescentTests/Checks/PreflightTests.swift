import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("Pre-flight")
struct PreflightTests {
  private let data = overlapping(rows: 600, features: 6, classes: 3)

  private func finding(_ name: String, _ trainer: Trainer, _ data: Dataset) throws -> Finding {
    try #require(Preflight(trainer, data).findings().first { $0.name == name })
  }

  private func network(scaling: ScalingChoice = .automatic, rate: Double? = nil) -> Trainer {
    Trainer(
      model: .network(hidden: [32]), solver: MiniBatch(learningRate: rate), scaling: scaling, threads: 1)
  }

  @Test func allIsWell() {
    for trainer in [network(), Trainer(solver: MiniBatch(), threads: 1)] {
      let preflight = Preflight(trainer, data)
      #expect(preflight.gradientCheck().passes())
      for finding in preflight.findings() where trainer.model.isANetwork || finding.name != "overfitting" {
        #expect(finding.verdict == .good, "\(finding)")
        #expect(finding.remedy == nil)
      }
    }
  }

  @Test func initialLoss() throws {
    let good = try finding("initial loss", network(), data)
    #expect(good.sentence.contains("1.099"))  // log 3
    // Weights of He's size on features of 1000.
    let large = overlapping(rows: 600, features: 6, classes: 3, noise: 1e4)
    let bad = try finding("initial loss", network(scaling: .none), large)
    #expect(bad.verdict == .warning && bad.sentence.contains("too large") && bad.remedy != nil)
    let cheating = Trainer(
      model: .custom { Network(inputs: $0, layers: [Affine($1, initialisation: .gaussian(0))]) },
      loss: HalvedSoftmax(), threads: 1)
    #expect(try finding("initial loss", cheating, data).sentence.contains("cannot know"))
  }

  @Test func penalty() throws {
    let heavy = Trainer(penalty: L2(1e6), solver: MiniBatch(), threads: 1)
    #expect(try finding("penalty", heavy, data).verdict == .note)
    #expect(try finding("penalty", network(), data).verdict == .good)
    let wrong = Trainer(penalty: NegativePenalty(), solver: MiniBatch(), threads: 1)
    #expect(try finding("penalty", wrong, data).verdict == .warning)
  }

  @Test func overfitting() throws {
    // Twenty equal rows of two classes: nothing tells them apart.
    let same = Dataset(
      features: Matrix<Double>(rows: 40, columns: 3, repeating: 1), labels: (0..<40).map { "\($0 % 2)" })
    #expect(try finding("overfitting", network(), same).verdict == .warning)
    let linear = try finding("overfitting", Trainer(solver: MiniBatch(), threads: 1), same)
    #expect(linear.verdict == .note && linear.remedy!.description.contains("network"))
  }

  @Test func learningRates() throws {
    let proposed = try #require(Preflight(network(), data).proposedLearningRate())
    #expect(proposed > 1e-3 && proposed < 3)
    #expect(try finding("learning rate", network(rate: proposed), data).verdict == .good)
    #expect(try finding("learning rate", network(rate: 100 * proposed), data).verdict == .warning)
    #expect(try finding("learning rate", network(rate: proposed / 1000), data).verdict == .note)
    // It trains.
    let fit: Fit<Float> = try network(rate: proposed).fit(data)
    #expect(fit.stopReason == .finished && fit.loss < 0.7)
  }

  @Test func featuresAndClasses() throws {
    let x = (0..<100).flatMap { i -> [Double] in [Double(i % 7), 1e6 * Double(i % 11), 3] }
    let data = Dataset(
      features: Matrix(rows: 100, columns: 3, elements: x), labels: (0..<100).map { $0 < 95 ? "a" : "b" })
    let scale = try finding("feature scale", network(scaling: .none), data)
    #expect(scale.verdict == .warning && scale.remedy!.description.contains("standard"))
    #expect(try finding("feature scale", network(), data).verdict == .good)
    let constant = try finding("constant features", network(), data)
    #expect(constant.verdict == .note && constant.sentence == "1 of 3 features never change: number 3")
    let balance = try finding("class balance", network(), data)
    #expect(balance.verdict == .warning && balance.sentence.contains("95.0 %"))
  }
}

extension ModelChoice {
  fileprivate var isANetwork: Bool { if case .network = self { true } else { false } }
}

private struct HalvedSoftmax: Loss {
  var name: String { "halved" }
  var task: LearningTask { .classification }
  func valueAtZero(classes: Int) -> Double? { log(Double(classes)) }
  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    Softmax().evaluate(&scores, columns: columns, targets: targets, values: &values)
    for row in 0..<values.count { values[row] /= 2 }
  }
  func check(_ targets: Targets, columns: Int) throws(TargetError) {}
}

private struct NegativePenalty: Penalty {
  var name: String { "negative" }
  var formula: String { "−1" }
  func scaled(by factor: Double, price: Double) -> NegativePenalty { self }
  func value<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> Double { -1 }
}
