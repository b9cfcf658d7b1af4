internal import Descent

/// What a graph does to the rows, one step after the other.
enum ONNXStep {
  case affine(ONNXAffine)
  /// x·scale + shift, each by itself; of one number each where all are treated alike.
  case diagonal(scale: [Double], shift: [Double])
  /// One score s becomes two, −s and s.
  case mirror
  case activation(any Layer)
  /// Probabilities, or their logarithms: nothing but an output follows.
  case softmax
}

/// z = W·x + b, with W `[outputs, inputs]`, in Double.
struct ONNXAffine {
  var inputs: Int
  var outputs: Int
  var weights: [Double]
  var biases: [Double]

  /// W·diag(scale) and b + W·shift: after x·scale + shift. Numbers of one stand for all inputs.
  func following(scale: [Double], shift: [Double]) -> ONNXAffine {
    var result = self
    for c in 0..<outputs {
      for j in 0..<inputs {
        let weight = weights[c * inputs + j]
        result.biases[c] += weight * shift[shift.count == 1 ? 0 : j]
        result.weights[c * inputs + j] = weight * scale[scale.count == 1 ? 0 : j]
      }
    }
    return result
  }

  /// diag(scale)·W and b·scale + shift: before z·scale + shift.
  func followed(scale: [Double], shift: [Double]) -> ONNXAffine {
    var result = self
    for c in 0..<outputs {
      let factor = scale[scale.count == 1 ? 0 : c]
      for j in 0..<inputs { result.weights[c * inputs + j] *= factor }
      result.biases[c] = biases[c] * factor + shift[shift.count == 1 ? 0 : c]
    }
    return result
  }

  /// Two outputs, −s and s, for the one.
  var mirrored: ONNXAffine {
    ONNXAffine(
      inputs: inputs, outputs: 2, weights: weights.map { -$0 } + weights,
      biases: [-biases[0], biases[0]])
  }

  /// Whether the first of two outputs is the other with its sign changed.
  var isMirrored: Bool {
    outputs == 2 && biases[0] == -biases[1]
      && (0..<inputs).allSatisfy { weights[$0] == -weights[inputs + $0] }
  }

  /// The second of two outputs.
  var secondOutput: ONNXAffine {
    ONNXAffine(inputs: inputs, outputs: 1, weights: Array(weights[inputs...]), biases: [biases[1]])
  }
}
