import Descent
import LinearAlgebra
import Testing

/// Gradients that are wrong as they are in life. Every check must find every one, with every seed.
@Suite("Broken gradients are caught, every time")
struct BrokenGradientTests {
  enum Fault: CaseIterable {
    case sign, missingTransposition, forgottenBias, forgottenInput, wrongScale, oneCoordinate
  }

  @Test(arguments: Fault.allCases, 0..<20 as Range<UInt64>) func layers(_ fault: Fault, _ seed: UInt64) {
    let report = GradientCheck(seed: seed).run(BrokenAffine(outputs: 4, fault: fault), inputs: 4)
    #expect(!report.passes(), "\(fault): \(report)")
    #expect(report.relativeError > 1e-3, "\(fault): \(report)")
    #expect(GradientCheck(seed: seed).run(BrokenAffine(outputs: 4, fault: nil), inputs: 4).passes())
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func losses(_ seed: UInt64) {
    #expect(!GradientCheck(seed: seed).run(WrongSoftmax()).passes())
    let report = GradientCheck(seed: seed).run(WrongSoftmax())
    #expect(report.worst(1)[0].name.hasPrefix("scores["))
  }

  /// Within a network, through the objective, the worst coordinates are named.
  @Test func inAnObjective() {
    let network = Network(
      inputs: 4, layers: [Affine(4), Tanh(), BrokenAffine(outputs: 4, fault: .forgottenBias)])
    var generator = SeededGenerator(seed: 1)
    let x = (0..<20).map { _ in Double.random(in: -1...1, using: &generator) }
    let θ = network.initialParameters(of: Double.self, using: &generator)
    let objective = DataObjective<Double>(
      model: network, loss: Softmax(), penalty: L2(0.1),
      features: Matrix(rows: 5, columns: 4, elements: x).storage, targets: .labels([0, 1, 2, 3, 1]),
      threads: 1)
    let report = GradientCheck().run(objective, at: θ)
    #expect(!report.passes())
    #expect(Set(report.worst(4).map(\.name)) == ["biases2[0]", "biases2[1]", "biases2[2]", "biases2[3]"])
    #expect(report.description.contains("biases2["))
  }
}

/// z = W·x + b, square, so that a missing transposition has the right shape.
private struct BrokenAffine: Layer {
  let outputs: Int
  let fault: BrokenGradientTests.Fault?
  var text: String { "broken \(outputs)" }

  func outputs(for inputs: Int) -> Int { outputs }
  func layout(inputs: Int) -> ParameterLayout { Affine(outputs).layout(inputs: inputs) }

  func initialParameters<Element: KernelScalar>(
    inputs: Int, of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element] { Affine(outputs).initialParameters(inputs: inputs, of: type, using: &generator) }

  func forward<Element: KernelScalar>(
    _ inputs: Span<Element>, parameters: Span<Element>, into outputs: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    Affine(self.outputs).forward(inputs, parameters: parameters, into: &outputs, at: place)
  }

  func backward<Element: KernelScalar>(
    slopes: inout MutableSpan<Element>, inputs: Span<Element>, outputs: Span<Element>,
    parameters: Span<Element>, into inputSlopes: inout MutableSpan<Element>, scale: Element,
    gradient: inout MutableSpan<Element>, at place: LayerPlace
  ) {
    let n = place.inputs
    for row in 0..<place.rows {
      for j in 0..<n {
        var sum: Element = 0
        for c in 0..<self.outputs {
          let w = fault == .missingTransposition ? parameters[j * n + c] : parameters[c * n + j]
          sum += slopes[row * self.outputs + c] * w
        }
        inputSlopes[row * n + j] = fault == .forgottenInput ? slopes[row * n + j] : sum
      }
      for c in 0..<self.outputs {
        let s = scale * slopes[row * self.outputs + c]
        for j in 0..<n {
          let isFirst = fault == .oneCoordinate && c == 0 && j == 0
          let factor: Element = fault == .sign ? -1 : fault == .wrongScale ? 1.01 : isFirst ? 0 : 1
          gradient[c * n + j] += factor * s * inputs[row * n + j]
        }
        if fault != .forgottenBias { gradient[self.outputs * n + c] += s }
      }
    }
  }
}

/// Softmax whose gradient is p, without the −1 of the right class.
private struct WrongSoftmax: Loss {
  var name: String { "wrong" }
  var task: LearningTask { .classification }

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    Softmax().evaluate(&scores, columns: columns, targets: targets, values: &values)
    guard case .labels(let labels) = targets else { return }
    for (row, label) in labels.enumerated() { scores[row * columns + Int(label)] += 1 }
  }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {}
}
