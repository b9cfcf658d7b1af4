import Foundation
import LinearAlgebra
import Testing

/// What NumPy and SciPy make of known matrices, as `Tests/References/algebra.py` has written it down.
struct References: Decodable {
  let matrices: [Known]
  let printed: [Printed]

  struct Known: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let matrix: [[Double]]
    let b: [Double]
    let one, infinity, frobenius, spectral: Double
    let rank: Int
    let singularValues: [Double]
    let pseudoinverse: [[Double]]
    let leastSquares: [Double]
    let sign: Int?
    let logarithm, determinant, condition: Double?
    let eigenvalues: [[Double]]?
    let inverse: [[Double]]?
    let solution: [Double]?

    var testDescription: String { name }
    var isSquare: Bool { sign != nil }
    /// How much a rounding can grow in an answer.
    var growth: Double { condition ?? singularValues[0] / singularValues[rank - 1] }
  }

  struct Printed: Decodable, Sendable {
    let matrix: [[String]]
    let text: String
  }

  static let all: References = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try! Data(contentsOf: tests.appendingPathComponent("References/algebra.json"))
    return try! JSONDecoder().decode(References.self, from: data)
  }()
}
