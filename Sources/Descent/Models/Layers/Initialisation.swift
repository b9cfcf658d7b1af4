internal import Foundation
internal import LinearAlgebra

/// How an affine layer's weights are drawn. Biases start at 0.
public enum Initialisation: Sendable, Equatable {
  /// Normal, of variance 2/inputs: keeps the size of numbers through layers of ReLU.
  /// (He, Zhang, Ren and Sun, Delving Deep into Rectifiers, ICCV 2015, eq. 10.)
  case he
  /// Uniform, of variance 2/(inputs + outputs): for tanh and sigmoid.
  /// (Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010, eq. 16.)
  case glorot
  /// Normal, of this standard deviation. Small before the scores, it makes the first loss that of no knowledge.
  case gaussian(Double)

  /// `[outputs, inputs]`
  func weights<Element: KernelScalar>(
    inputs: Int, outputs: Int, of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element] {
    let count = inputs * outputs
    switch self {
    case .he: return normal(count, (2 / Double(max(1, inputs))).squareRoot(), using: &generator)
    case .gaussian(let deviation): return normal(count, deviation, using: &generator)
    case .glorot:
      let limit = (6 / Double(max(1, inputs + outputs))).squareRoot()
      return (0..<count).map { _ in Element(Double.random(in: -limit...limit, using: &generator)) }
    }
  }

  /// By Box and Muller, A Note on the Generation of Random Normal Deviates, 1958.
  private func normal<Element: KernelScalar>(
    _ count: Int, _ deviation: Double, using generator: inout some RandomNumberGenerator
  ) -> [Element] {
    (0..<count).map { _ in
      let u = 1 - Double.random(in: 0..<1, using: &generator)
      let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &generator)
      return Element(deviation * (-2 * log(u)).squareRoot() * cos(angle))
    }
  }
}
