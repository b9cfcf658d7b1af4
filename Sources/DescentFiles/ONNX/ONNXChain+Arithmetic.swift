internal import Descent

extension ONNXChain {
  /// Adds, subtracts, multiplies or divides by a constant: scaling, and biases.
  mutating func arithmetic(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    if case .constant(let constant) = try value(node, 0) {
      return try arithmetic(node, numbers: vector(constant, node), constantFirst: true, constant)
    }
    let second = try value(node, 1)
    guard case .constant(let constant) = second else {
      throw .unsupported("\(node) joins or branches the rows' way")
    }
    return try arithmetic(node, numbers: vector(constant, node), constantFirst: false, constant)
  }

  private mutating func arithmetic(
    _ node: ONNXOperator, numbers c: [Double], constantFirst: Bool, _ constant: ONNXConstant
  ) throws(ONNXFailure) -> Value {
    let rows = try rows(node, constantFirst ? 1 : 0)
    guard rows.isFlat || c.count == 1 else {
      throw .unsupported("\(node) takes rows of more than one dimension")
    }
    note(isDouble: constant.isDouble)
    let (ones, zeros) = (c.map { _ in 1.0 }, c.map { _ in 0.0 })
    switch (node.type, constantFirst) {
    case ("Add", _): return try append(.diagonal(scale: ones, shift: c), to: rows, node)
    case ("Sub", false): return try append(.diagonal(scale: ones, shift: c.map { -$0 }), to: rows, node)
    case ("Sub", true):
      if c == [1], endsInProbability { return .complement(rows) }
      return try append(.diagonal(scale: ones.map { -$0 }, shift: c), to: rows, node)
    case ("Mul", _): return try append(.diagonal(scale: c, shift: zeros), to: rows, node)
    case ("Div", false) where !c.contains(0):
      return try append(.diagonal(scale: c.map { 1 / $0 }, shift: zeros), to: rows, node)
    default: throw .unsupported("\(node) divides by the rows, or by 0")
    }
  }

  /// Whether the chain's last step gives probabilities of the second of two classes.
  private var endsInProbability: Bool {
    if case .activation(let layer)? = steps.last { layer is Sigmoid } else { false }
  }

  /// (x − offset)·scale
  mutating func scaler(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let rows = try flatRows(node)
    let (offset, scale) = (node.floats("offset"), node.floats("scale"))
    guard (offset + scale).allSatisfy(\.isFinite), !offset.isEmpty, !scale.isEmpty,
      offset.count == scale.count || min(offset.count, scale.count) == 1
    else { throw ONNXFailure("\(node) lacks finite offsets and scales") }
    note(held: offset.count + scale.count)
    let width = max(offset.count, scale.count)
    let (offsets, scales) = (
      offset.count == 1 ? Array(repeating: offset[0], count: width) : offset,
      scale.count == 1 ? Array(repeating: scale[0], count: width) : scale
    )
    return try append(
      .diagonal(scale: scales, shift: zip(offsets, scales).map { -$0 * $1 }), to: rows, node)
  }

  /// γ·(x − μ)/√(σ² + ε) + β with the mean and variance of the training.
  /// (Ioffe and Szegedy, Batch Normalization, ICML 2015, algorithm 2.)
  mutating func batchNormalization(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let rows = try flatRows(node)
    guard node.integer("training_mode", default: 0) == 0 else { throw .unsupported("\(node) is in training") }
    var parts: [[Double]] = []
    for index in 1...4 {
      let part = try constant(node, index)
      note(isDouble: part.isDouble)
      parts.append(try vector(part, node))
    }
    let (gamma, beta, mean, variance) = (parts[0], parts[1], parts[2], parts[3])
    let epsilon = Double(node.float("epsilon", default: 1e-5))
    guard parts.allSatisfy({ $0.count == gamma.count }), variance.allSatisfy({ $0 + epsilon > 0 }) else {
      throw ONNXFailure("\(node) lacks scales, biases, means and variances of one size")
    }
    let scale = zip(gamma, variance).map { $0 / ($1 + epsilon).squareRoot() }
    let shift = zip(beta, zip(mean, scale)).map { $0 - $1.0 * $1.1 }
    return try append(.diagonal(scale: scale, shift: shift), to: rows, node)
  }

  /// max(x, c·x): the leaky ReLU as Descent writes it in Double, which ONNX's own operator has not.
  mutating func leakyMaximum(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    guard let (_, scaled) = try scaledPair(node), case .diagonal(let scale, let shift)? = steps.last,
      scale.count == 1, shift == [0], scale[0] > 0, scale[0] < 1
    else { throw .unsupported("\(node) joins or branches the rows' way") }
    return replaceLast(by: .activation(LeakyReLU(scale[0])), scaled)
  }

  /// `[1 − p, p]`, or `[−s, s]`.
  mutating func concatenation(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let isLastAxis = [1, -1].contains(node.integer("axis", default: 0))
    if isLastAxis, node.node.inputs.count == 2 {
      if case .complement(let first) = try value(node, 0), case .rows(let second) = try value(node, 1),
        first == second
      {
        return .pair(first)
      }
      if case .rows(let negated) = try value(node, 0), case .rows(let score) = try value(node, 1),
        isLastStep(from: score, to: negated), case .diagonal(let scale, let shift)? = steps.last,
        scale == [-1], shift == [0]
      {
        return replaceLast(by: .mirror, score)
      }
    }
    throw .unsupported("\(node) joins or branches the rows' way")
  }

  /// The two inputs, in either order: the rows, and what the last step made of them.
  private func scaledPair(_ node: ONNXOperator) throws(ONNXFailure) -> (Rows, Rows)? {
    guard node.node.inputs.count == 2, case .rows(let a) = try value(node, 0),
      case .rows(let b) = try value(node, 1)
    else { return nil }
    if isLastStep(from: a, to: b) { return (a, b) }
    return isLastStep(from: b, to: a) ? (b, a) : nil
  }
}
