import Descent
import Foundation
import LinearAlgebra
import Testing

/// Coefficients along paths, against those that Tests/References/paths.py had of scikit-learn, with which glmnet agrees.
@Suite("Paths are scikit-learn's and glmnet's")
struct PathReferenceTests {
  private struct Reference: Decodable {
    let penalties: [Double]
    /// `[penalties][outputs][features]`
    let weights: [[[Double]]]
  }

  private static let references: [String: Reference] = {
    let file = URL(filePath: #filePath).appending(path: "../../../References/paths.json").standardized
    guard let bytes = try? Data(contentsOf: file) else { fatalError("no \(file.path)") }
    return try! JSONDecoder().decode([String: Reference].self, from: bytes)
  }()

  private static let pixels: (x: [[Double]], labels: [Int]) = {
    let file = URL(filePath: #filePath).appending(path: "../../../References/digits.txt").standardized
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { fatalError("no \(file.path)") }
    let lines = text.split(separator: "\n").dropFirst()
    return (
      lines.map { $0.utf8.dropFirst(2).map { Double($0 - 97) / 16 } }, lines.map { Int($0.utf8.first! - 48) }
    )
  }()

  private func data(_ name: String) -> Dataset {
    let (x, labels) = Self.pixels
    let features = Matrix(rows: x.count, columns: 64, elements: x.flatMap { $0 })
    if name == "squared" {
      return Dataset(features: features, values: labels.enumerated().map { Double($1) + sin(Double($0)) })
    }
    return Dataset(
      features: features, labels: labels.map { name == "logistic" ? ($0 > 4 ? "1" : "0") : "\($0 % 3)" })
  }

  /// To 1e-6 of the largest coefficient; the largest penalty is the one computed there.
  @Test(arguments: ["squared", "logistic", "softmax"]) func weights(_ name: String) throws {
    let reference = try #require(Self.references[name])
    let losses: [String: any Loss] = [
      "squared": SquaredError(), "logistic": Logistic(), "softmax": Softmax(),
    ]
    let loss = try #require(losses[name])
    let trainer = Trainer(
      loss: loss, penalty: NoPenalty(), solver: Automatic(tolerance: 1e-14), scaling: .none)
    let path = try PenaltyPath(trainer, on: data(name), as: Double.self)
    // The best biases of softmax are found by their values, which tell them to half of the digits.
    #expect(abs(try path.largest() / reference.penalties[0] - 1) < (name == "softmax" ? 1e-7 : 1e-12))
    let points = try path.fit(reference.penalties.map { L1($0) })
    let scale = reference.weights.joined().joined().reduce(0) { max($0, abs($1)) }
    for (point, weights) in zip(points, reference.weights) {
      let expected = weights.flatMap { $0 }
      let differences = zip(point.parameters.dense, expected).map { abs($0 - $1) }
      #expect(differences.max()! <= 1e-6 * scale, "l1 \(point.l1): \(differences.max()! / scale)")
      // What rounding leaves of softmax's bound is 3e-10 or 1.2e-9, by the processor's products.
      #expect(
        point.isProved(within: name == "softmax" ? 1e-8 : 1e-9), "\(point.certificate?.relativeGap ?? .nan)")
    }
  }
}
