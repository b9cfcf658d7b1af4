import LinearAlgebra
import Testing

/// What every suite runs in.
let precisions: [any Scalar.Type] = [Float.self, Double.self]
let transpositions: [Transposition] = [.none, .transposed]

/// Steele, Lea and Flood, Fast splittable pseudorandom number generators, doi:10.1145/2660193.2660195.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Matrix {
  /// Numbers between -1 and 1, the same for the same seed.
  static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SplitMix64(state: seed)
    let numbers = (0..<rows * columns).map { _ in Element(Double.random(in: -1...1, using: &generator)) }
    return Matrix(rows: rows, columns: columns, elements: numbers)
  }

  /// The Hilbert matrix, whose condition number grows as 33ⁿ.
  static func hilbert(_ n: Int) -> Matrix {
    Matrix((0..<n).map { i in (0..<n).map { j in 1 / Element(i + j + 1) } })
  }

  func op(_ op: Transposition, _ i: Int, _ j: Int) -> Element { op == .none ? self[i, j] : self[j, i] }

  /// Where the elements lie in memory.
  var address: UnsafePointer<Element>? { elements.withUnsafeBufferPointer { $0.baseAddress } }
}

/// The largest difference, in roundings of the largest magnitude (or of 1).
func distance<Element: Scalar>(_ a: Matrix<Element>, _ b: Matrix<Element>) -> Element {
  guard (a.rows, a.columns) == (b.rows, b.columns) else { return .infinity }
  return distance(Array(a.elements), Array(b.elements))
}

func distance<Element: Scalar>(_ a: [Element], _ b: [Element]) -> Element {
  guard a.count == b.count, !(a + b).contains(where: \.isNaN) else { return .infinity }
  let scale = (a + b).map { abs($0) }.max() ?? 0
  return (zip(a, b).map { abs($0 - $1) }.max() ?? 0) / (max(scale, 1) * .ulpOfOne)
}

/// alpha·op(a)·op(b) + beta·c by three loops, summed in Double.
func naive<Element: Scalar>(
  _ opA: Transposition, _ opB: Transposition, k: Int, alpha: Element, _ a: Matrix<Element>,
  _ b: Matrix<Element>, beta: Element, _ c: Matrix<Element>
) -> Matrix<Element> {
  var result = c
  for i in 0..<c.rows {
    for j in 0..<c.columns {
      var sum = 0.0
      for l in 0..<k { sum += Double(a.op(opA, i, l)) * Double(b.op(opB, l, j)) }
      let carried = beta == 0 ? 0 : Double(beta) * Double(c[i, j])
      result[i, j] = Element((alpha == 0 ? 0 : Double(alpha) * sum) + carried)
    }
  }
  return result
}

/// A shape of a product; every combination of an empty, a single, a small and a larger dimension.
struct Shape: CustomTestStringConvertible {
  let m, n, k: Int
  var testDescription: String { "m \(m), n \(n), k \(k)" }

  static let sizes = [0, 1, 3, 18]
  static let all = sizes.flatMap { m in sizes.flatMap { n in sizes.map { Shape(m: m, n: n, k: $0) } } }
}
