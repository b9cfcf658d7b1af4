import Foundation
import LinearAlgebra

/// Square matrices that routines are known to stumble over.
enum HostileKind: String, CaseIterable, Sendable {
  case hilbert, vandermonde, gradedRows, gradedColumns, wilkinsonGrowth, jordan, companion, skew, huge, tiny
  case mixedRows, nearlySingular

  func matrix<E: Scalar>(_ n: Int, _: E.Type) -> Matrix<E> {
    let random = Matrix<Double>.random(n, n, seed: UInt64(n))
    // 1e±150 in Double, as far in Float.
    let far = E.self == Float.self ? 1e18 : 1e150
    func made(_ number: (Int, Int) -> Double) -> Matrix<E> {
      Matrix(rows: n, columns: n, elements: (0..<n).flatMap { i in (0..<n).map { E(number(i, $0)) } })
    }
    switch self {
    case .hilbert: return .hilbert(n)
    case .vandermonde: return made { i, j in pow(Double(i + 1) / Double(n), Double(j)) }
    case .gradedRows: return made { i, j in random[i, j].scaled(-i) }
    case .gradedColumns: return made { i, j in random[i, j].scaled(-j) }
    // Elimination doubles its last column at every step.
    case .wilkinsonGrowth: return made { i, j in j == n - 1 || i == j ? 1 : i > j ? -1 : 0 }
    case .jordan: return made { i, j in i == j ? 0.5 : j == i + 1 ? 1 : 0 }
    case .companion: return made { i, j in i == 0 ? random[0, j] : j == i - 1 ? 1 : 0 }
    case .skew: return made { i, j in i < j ? random[i, j] : i > j ? -random[j, i] : 0 }
    case .huge: return made { i, j in random[i, j] * far }
    case .tiny: return made { i, j in random[i, j] / far }
    case .mixedRows: return made { i, j in i % 2 == 0 ? random[i, j] * far : random[i, j] / far }
    case .nearlySingular:
      return made { i, j in i == n - 1 && n > 1 ? random[0, j] * (1 + 1e-6 * random[i, j]) : random[i, j] }
    }
  }

  /// The power of 2 that brings the largest number near 1.
  func exponent<E: Scalar>(_ a: Matrix<E>) -> Int {
    a.elements.map { abs($0) }.max().map { $0 > 0 ? Int($0.exponent) : 0 } ?? 0
  }
}
