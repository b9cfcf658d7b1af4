internal import Descent

extension ONNXChain {
  mutating func activation(_ layer: any Layer, _ node: ONNXOperator) throws(ONNXFailure) -> Value {
    try append(.activation(layer), to: rows(node), node)
  }

  mutating func leakyReLU(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    // The Float nearest to a number that people write: 0.01, and not 0.009999999776482582.
    let leak = Double("\(node.float("alpha", default: 0.01))") ?? 0
    guard leak > 0, leak < 1 else { throw .unsupported("\(node) has the leak \(leak), not between 0 and 1") }
    return try activation(LeakyReLU(leak), node)
  }

  /// Nothing when rows are scored.
  mutating func dropout(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    // Booleans are not among the constants that are read: exporters leave this input out of a model to be used.
    if node.input(2) != nil { throw .unsupported("\(node) may be in training") }
    var probability = Double(node.float("ratio", default: 0.5))
    if node.input(1) != nil {
      guard let ratio = try constant(node, 1).numbers, ratio.count == 1 else {
        throw ONNXFailure("\(node) lacks one ratio")
      }
      probability = ratio[0]
    }
    guard probability >= 0, probability < 1 else { throw ONNXFailure("\(node) has the ratio \(probability)") }
    return try activation(Dropout(probability), node)
  }

  /// Over the classes of each row.
  mutating func softmax(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let rows = try flatRows(node)
    guard [1, -1].contains(node.integer("axis", default: -1)) else {
      throw .unsupported("\(node) is taken over the rows")
    }
    return try append(.softmax, to: rows, node)
  }

  /// Nothing to probabilities, which sum to 1 as they are.
  func normalizer(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let value = try value(node, 0)
    let isSum = node.text("norm", default: "MAX") == "L1"
    switch value {
    case .pair where isSum: return value
    case .rows(let rows) where isSum && rows.state == states.last:
      if case .softmax? = steps.last { return value }
    default: break
    }
    throw .unsupported("\(node) does not follow a softmax")
  }
}
