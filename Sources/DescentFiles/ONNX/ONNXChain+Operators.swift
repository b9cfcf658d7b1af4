internal import Descent

extension ONNXChain {
  /// What an operator gives, an element an output.
  mutating func apply(_ node: ONNXOperator) throws(ONNXFailure) -> [Value] {
    switch node.type {
    case "Gemm": return [try gemm(node)]
    case "MatMul": return [try matMul(node)]
    case "LinearRegressor": return [try linearRegressor(node)]
    case "LinearClassifier": return try linearClassifier(node)
    case "Add", "Sub", "Mul", "Div": return [try arithmetic(node)]
    case "Neg": return [try append(.diagonal(scale: [-1], shift: [0]), to: rows(node), node)]
    case "Scaler": return [try scaler(node)]
    case "BatchNormalization": return [try batchNormalization(node)]
    case "Max": return [try leakyMaximum(node)]
    case "Concat": return [try concatenation(node)]
    case "Relu": return [try activation(ReLU(), node)]
    case "Tanh": return [try activation(Tanh(), node)]
    case "Sigmoid": return [try activation(Sigmoid(), node)]
    case "LeakyRelu": return [try leakyReLU(node)]
    case "Dropout": return [try dropout(node)]
    case "Softmax", "LogSoftmax": return [try softmax(node)]
    case "Normalizer": return [try normalizer(node)]
    case "ZipMap": return [try zipMap(node)]
    case "ArgMax": return [try argMax(node)]
    case "ArrayFeatureExtractor": return [try extraction(node)]
    case "Flatten", "Reshape", "Squeeze", "Unsqueeze": return [try reshaped(node)]
    case "Identity", "Cast": return [try cast(node)]
    case "Transpose": return [try transposed(node)]
    case "Constant": return [try constant(node)]
    default: throw .unsupported("holds \(node), which is no such layer")
    }
  }

  /// Z = X·W + b with constants, both sides scaled.
  private mutating func gemm(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let rows = try flatRows(node)
    guard node.integer("transA", default: 0) == 0 else { throw .unsupported("\(node) transposes the rows") }
    let (alpha, beta) = (Double(node.float("alpha", default: 1)), Double(node.float("beta", default: 1)))
    var affine = try weights(node, isTransposed: node.integer("transB", default: 0) != 0)
    if alpha != 1 { affine.weights = affine.weights.map { $0 * alpha } }
    if node.input(2) != nil {
      let biases = try vector(constant(node, 2), node)
      guard biases.count == 1 || biases.count == affine.outputs else {
        throw ONNXFailure("\(node) adds \(biases.count) biases to \(affine.outputs) outputs")
      }
      for c in 0..<affine.outputs { affine.biases[c] = beta * biases[biases.count == 1 ? 0 : c] }
    }
    return try append(affine, to: rows, node)
  }

  private mutating func matMul(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let rows = try flatRows(node)
    return try append(weights(node, isTransposed: false), to: rows, node)
  }

  /// The second input as the weights `[outputs, inputs]`, which it holds transposed, or not.
  private mutating func weights(
    _ node: ONNXOperator, isTransposed: Bool
  ) throws(ONNXFailure) -> ONNXAffine {
    let matrix = try constant(node, 1)
    guard matrix.dims.count == 2, let numbers = matrix.numbers else {
      throw .unsupported("\(node) multiplies by what is no matrix")
    }
    note(isDouble: matrix.isDouble)
    let (outputs, inputs) =
      isTransposed ? (matrix.dims[0], matrix.dims[1]) : (matrix.dims[1], matrix.dims[0])
    let weights = isTransposed ? numbers : transpose(numbers, rows: inputs, columns: outputs)
    return ONNXAffine(
      inputs: inputs, outputs: outputs, weights: weights, biases: Array(repeating: 0, count: outputs))
  }

  /// Goes on by an affine step, once it is seen to fit.
  mutating func append(
    _ affine: ONNXAffine, to rows: Rows, _ node: ONNXOperator
  ) throws(ONNXFailure) -> Value {
    guard affine.outputs >= 1, affine.inputs >= 1 else { throw ONNXFailure("\(node) holds no weights") }
    guard (affine.weights + affine.biases).allSatisfy(\.isFinite) else {
      throw ONNXFailure(
        "\(node) holds a number that is not finite",
        remedy: "train the model again with a lower learning rate")
    }
    return try append(.affine(affine), to: rows, node)
  }

  /// A constant that adds to or scales the last dimension alone: its numbers, one or as many as that has.
  func vector(_ constant: ONNXConstant, _ node: ONNXOperator) throws(ONNXFailure) -> [Double] {
    guard let numbers = constant.numbers, constant.dims.count <= 2, !numbers.isEmpty,
      constant.dims.dropLast().allSatisfy({ $0 == 1 })
    else { throw .unsupported("\(node) takes a constant of the shape \(constant.dims)") }
    guard numbers.allSatisfy(\.isFinite) else {
      throw ONNXFailure("\(node) holds a number that is not finite")
    }
    return numbers
  }
}

/// A matrix `[rows, columns]` as `[columns, rows]`.
func transpose(_ numbers: [Double], rows: Int, columns: Int) -> [Double] {
  var result = [Double](repeating: 0, count: numbers.count)
  for i in 0..<rows { for j in 0..<columns { result[j * rows + i] = numbers[i * columns + j] } }
  return result
}
