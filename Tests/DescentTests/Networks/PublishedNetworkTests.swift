import Descent
import LinearAlgebra
import Testing

/// The two-layer network test of Stanford's course cs231n, assignment 2 (TwoLayerNet, Q1): all numbers are filled by
/// formulas, and the scores and losses that must come out are printed there. The course stores W as
/// [inputs, outputs], we as [outputs, inputs]; its penalty is 0.5·reg·‖W‖², ours (l2/2)·‖W‖².
@Suite("The two-layer network of cs231n, to the published digits")
struct PublishedNetworkTests {
  private let rows = 3
  private let inputs = 5
  private let hidden = 50
  private let classes = 7
  private let targets = Targets.labels([0, 5, 1])

  private func line(_ from: Double, _ to: Double, _ count: Int) -> [Double] {
    (0..<count).map { from + (to - from) * Double($0) / Double(count - 1) }
  }

  /// Row by row what lies column by column.
  private func transposed(_ numbers: [Double], rows: Int) -> [Double] {
    let columns = numbers.count / rows
    return (0..<columns).flatMap { j in (0..<rows).map { numbers[$0 * columns + j] } }
  }

  private var features: Matrix<Double> {
    Matrix(
      rows: rows, columns: inputs, elements: transposed(line(-5.5, 4.5, rows * inputs), rows: inputs))
  }

  private var parameters: [Double] {
    transposed(line(-0.7, 0.3, inputs * hidden), rows: inputs) + line(-0.1, 0.9, hidden)
      + transposed(line(-0.3, 0.4, hidden * classes), rows: hidden) + line(-0.9, 0.1, classes)
  }

  private var network: Network { Network(inputs: inputs, hidden: [hidden], outputs: classes) }

  private func objective(_ l2: Double) -> DataObjective<Double> {
    DataObjective(
      model: network, loss: Softmax(), penalty: L2(l2), features: features.storage, targets: targets,
      threads: 1)
  }

  @Test func scores() {
    let model = TrainedModel(
      architecture: network, parameters: parameters, classNames: (0..<7).map(String.init),
      lossName: "softmax")
    let published = [
      11.53165108, 12.2917344, 13.05181771, 13.81190102, 14.57198434, 15.33206765, 16.09215096,
      12.05769098, 12.74614105, 13.43459113, 14.1230412, 14.81149128, 15.49994135, 16.18839143,
      12.58373087, 13.20054771, 13.81736455, 14.43418138, 15.05099822, 15.66781506, 16.2846319,
    ]
    for (score, expected) in zip(model.scores(features).elements, published) {
      #expect(abs(score - expected) < 1e-8)
    }
  }

  @Test(arguments: [(0.0, 3.4702243556), (1.0, 26.5948426952)]) func loss(_ l2: Double, _ published: Double) {
    var gradient = [Double](repeating: 0, count: network.layout.count)
    #expect(abs(objective(l2).value(at: parameters, gradient: &gradient) - published) < 1e-8)
  }
}
