import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("Calibrated probabilities are scikit-learn's to 1e-9")
struct CalibrationReferenceTests {
  /// What scikit-learn's calibrators made of a few scores: Tests/References/calibration.py wrote it.
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var scores, points: [[Double]]
    var labels: [Int32]
    var weights: [Double]?
    var sigmoid, isotonic: [[Double]]

    var testDescription: String { name }

    static let all: [Reference] = {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../References/calibration.json")
      return try! JSONDecoder().decode([Reference].self, from: Data(contentsOf: file))
    }()
  }

  @Test(arguments: Reference.all, Calibration.Method.allCases)
  func probabilities(_ reference: Reference, _ method: Calibration.Method) {
    let outputs = reference.scores[0].count
    let classes = max(2, outputs)
    let calibration = Calibration(
      method, scores: Matrix(reference.scores), labels: reference.labels, classes: classes,
      weights: reference.weights)
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: outputs, outputs: outputs),
      parameters: Array(Matrix<Double>.identity(outputs).elements) + Array(repeating: 0, count: outputs),
      classNames: (0..<classes).map { "\($0)" }, lossName: outputs == 1 ? "logistic" : "hinge"
    ).calibrated(by: calibration)
    let points = Matrix(reference.points)
    let found = model.probabilities(points)!
    let expected = method == .sigmoid ? reference.sigmoid : reference.isotonic
    #expect(found.rows == expected.count)
    for (row, numbers) in expected.enumerated() {
      #expect(zip(found[row: row], numbers).allSatisfy { abs($0 - $1) <= 1e-9 }, "\(reference.points[row])")
    }
    // The class is the likeliest.
    #expect(
      model.decide(points)
        == (0..<found.rows).map { row in
          let p = Array(found[row: row])
          return p.firstIndex(of: p.max()!)!
        })
  }

  /// Two scores are taken for their difference.
  @Test(arguments: Reference.all.filter { $0.scores[0].count == 1 }, Calibration.Method.allCases)
  func twoScores(_ reference: Reference, _ method: Calibration.Method) {
    func calibration(_ scores: [[Double]]) -> Calibration {
      Calibration(method, scores: Matrix(scores), labels: reference.labels, classes: 2)
    }
    // Halves are exact.
    #expect(
      calibration(reference.scores.map { [-$0[0] / 2, $0[0] / 2] }) == calibration(reference.scores))
  }

  /// max over what begins at or before a row of min over what ends at or after it of the mean between them.
  /// (Robertson, Wright and Dykstra, Order Restricted Statistical Inference, 1988, theorem 1.4.4.)
  @Test(arguments: 1...8) func isotonicIsTheMaximumOfMinima(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scores = Set((0..<30).map { _ in Double(Int.random(in: 0..<40, using: &generator)) }).sorted()
    let labels: [Int32] = scores.map { _ in Int32.random(in: 0...1, using: &generator) }
    let weights = scores.map { _ in Double.random(in: 0.5...2, using: &generator) }
    let calibration = Calibration(
      .isotonic, scores: Matrix(rows: scores.count, columns: 1, elements: scores), labels: labels, classes: 2,
      weights: weights)
    func mean(_ range: ClosedRange<Int>) -> Double {
      range.reduce(0) { $0 + weights[$1] * Double(labels[$1]) } / range.reduce(0) { $0 + weights[$1] }
    }
    for i in scores.indices {
      let expected = (0...i).map { j in (i..<scores.count).map { mean(j...$0) }.min()! }.max()!
      #expect(abs(calibration.curves[0].probability(of: scores[i]) - expected) < 1e-12)
    }
  }
}
