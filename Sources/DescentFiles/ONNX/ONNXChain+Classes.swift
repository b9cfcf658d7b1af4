internal import Descent

/// What scikit-learn's classifiers and regressors are exported as, by skl2onnx.
extension ONNXChain {
  mutating func linearRegressor(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let rows = try flatRows(node)
    guard node.text("post_transform", default: "NONE") == "NONE" else {
      throw .unsupported("\(node) transforms what it predicts")
    }
    let outputs = Int(clamping: node.integer("targets", default: 1))
    return try append(
      affine(node.floats("coefficients"), node.floats("intercepts"), outputs: outputs, node), to: rows, node)
  }

  /// Gives the label, and scores or probabilities.
  mutating func linearClassifier(_ node: ONNXOperator) throws(ONNXFailure) -> [Value] {
    let rows = try flatRows(node)
    let classes = node.classNames("classlabels_strings", "classlabels_ints")
    guard classes.count >= 2 else { throw .unsupported("\(node) has fewer than two classes") }
    let affine = try affine(
      node.floats("coefficients"), node.floats("intercepts"), outputs: classes.count, node)
    try name(classes, node)
    switch node.text("post_transform", default: "NONE") {
    case "NONE": return [.label, try append(affine, to: rows, node)]
    case "SOFTMAX":
      guard case .rows(let scores) = try append(affine, to: rows, node) else { return [] }
      return [.label, try append(.softmax, to: scores, node)]
    case "LOGISTIC" where affine.isMirrored:
      guard case .rows(let score) = try append(affine.secondOutput, to: rows, node),
        case .rows(let probability) = try append(.activation(Sigmoid()), to: score, node)
      else { return [] }
      return [.label, .pair(probability)]
    case let other:
      throw .unsupported("\(node) has the post_transform \(quoted(other)) of \(classes.count) classes")
    }
  }

  private mutating func affine(
    _ coefficients: [Double], _ intercepts: [Double], outputs: Int, _ node: ONNXOperator
  ) throws(ONNXFailure) -> ONNXAffine {
    guard outputs >= 1, outputs <= coefficients.count, coefficients.count % outputs == 0,
      intercepts.isEmpty || intercepts.count == outputs
    else {
      throw .unsupported(
        "\(node) has \(coefficients.count) coefficients and \(intercepts.count) intercepts for \(outputs) scores"
      )
    }
    note(held: coefficients.count)
    return ONNXAffine(
      inputs: coefficients.count / outputs, outputs: outputs, weights: coefficients,
      biases: intercepts.isEmpty ? Array(repeating: 0, count: outputs) : intercepts)
  }

  /// The class of the largest score or probability.
  func argMax(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    guard [1, -1].contains(node.integer("axis", default: 0)),
      node.integer("select_last_index", default: 0) == 0
    else { throw .unsupported("\(node) is taken over the rows, or takes the last of equals") }
    switch try value(node, 0) {
    case .rows(let rows) where rows.isFlat && rows.state == states.last: return .classIndex
    case .pair: return .classIndex
    default: throw .unsupported("\(node) joins or branches the rows' way")
    }
  }

  /// The name of the best class; or of two scores that mirror each other the second.
  mutating func extraction(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    switch (try value(node, 0), try value(node, 1)) {
    case (.constant(let classes), .classIndex):
      guard let names = classes.names else { throw .unsupported("\(node) takes no names of classes") }
      try name(names, node)
      return .label
    case (.rows(let rows), .constant(let index)) where rows.state == states.last:
      guard case .affine(let affine)? = steps.last, affine.isMirrored, index.integers == [1] else {
        fallthrough
      }
      return .derived
    default: throw .unsupported("\(node) picks features or scores")
    }
  }

  /// Scores by the classes' names.
  mutating func zipMap(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    try name(node.classNames("classlabels_strings", "classlabels_int64s"), node)
    let value = try value(node, 0)
    switch value {
    case .rows, .pair: return value
    default: throw .unsupported("\(node) takes no scores")
    }
  }
}
