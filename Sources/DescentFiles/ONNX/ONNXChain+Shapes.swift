internal import Descent

/// What moves numbers and leaves them as they are.
extension ONNXChain {
  /// To another type: nothing to the rows, which are computed in the weights' precision.
  mutating func cast(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let value = try value(node, 0)
    guard node.type == "Cast" else { return value }
    let target = node.integer("to", default: 0)
    switch value {
    case .classIndex, .label, .derived: return value
    case .rows, .pair, .complement:
      guard [1, 11].contains(target) else {
        throw .unsupported("\(node) rounds the rows (to type \(target))")
      }
      return value
    case .constant(var constant):
      switch (ONNXTensor.Content(target), constant.content) {
      case (.numbers(.float32), _), (.numbers(.float64), _):
        try spend(constant.count, node)
        guard let numbers = constant.numbers else { throw .unsupported("\(node) makes numbers of texts") }
        let isDouble = target == 11
        constant.content = .numbers(
          isDouble ? numbers : numbers.map { Double(Float($0)) }, isDouble: isDouble)
      case (.numbers(.int32), .integers), (.numbers(.int64), .integers), (.texts, .texts): break
      default: throw .unsupported("\(node) rounds a constant (to type \(target))")
      }
      return .constant(constant)
    }
  }

  mutating func constant(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    let attributes = node.node.attributes
    if let tensor = attributes["value"]?.tensor {
      let constant = try ONNXConstant(tensor) { (tensor) throws(ONNXFailure) in
        throw .unsupported("\(node) keeps its numbers in another file")
      }
      note(held: constant.count)
      return .constant(constant)
    }
    let content: ONNXConstant.Content
    var dims: [Int] = []
    if let value = attributes["value_float"]?.float {
      content = .numbers([Double(value)], isDouble: false)
    } else if let value = attributes["value_int"]?.integer {
      content = .integers([value])
    } else if let values = attributes["value_floats"]?.floats {
      content = .numbers(values.map { Double($0) }, isDouble: false)
      dims = [values.count]
    } else if let values = attributes["value_ints"]?.integers {
      content = .integers(values)
      dims = [values.count]
    } else if let values = attributes["value_strings"]?.texts {
      content = .texts(values)
      dims = [values.count]
    } else {
      throw .unsupported("\(node) holds no numbers or texts")
    }
    return .constant(ONNXConstant(dims: dims, content: content))
  }

  /// Of a constant matrix.
  mutating func transposed(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    var matrix = try constant(node, 0)
    let order = node.integers("perm")
    guard matrix.dims.count == 2, order.isEmpty || order == [1, 0],
      case .numbers(let numbers, let isDouble) = matrix.content
    else { throw .unsupported("\(node) turns what is no matrix") }
    try spend(numbers.count, node)
    matrix.content = .numbers(
      transpose(numbers, rows: matrix.dims[0], columns: matrix.dims[1]), isDouble: isDouble)
    matrix.dims.reverse()
    return .constant(matrix)
  }

  /// Rows of images become rows of numbers; everything else stays what it is.
  func reshaped(_ node: ONNXOperator) throws(ONNXFailure) -> Value {
    switch try value(node, 0) {
    case .classIndex: return .classIndex
    case .label: return .label
    case .rows(let rows) where rows.state == states.last:
      guard try keepsRows(node, rows) else { break }
      return .rows(Rows(state: rows.state, isFlat: true))
    default: break
    }
    throw .unsupported("\(node) does more than to make each row one run of numbers")
  }

  private func keepsRows(_ node: ONNXOperator, _ rows: Rows) throws(ONNXFailure) -> Bool {
    switch node.type {
    case "Flatten": return node.integer("axis", default: 1) == 1
    case "Reshape":
      guard let shape = try constant(node, 1).integers, (1...2).contains(shape.count) else { return false }
      let isZeroCopied = node.integer("allowzero", default: 0) == 0
      let keepsCount =
        shape[0] == -1 || shape[0] == 0 && isZeroCopied
        || (input.shape.first ?? nil).map { Int64($0) } == shape[0]
      // One dimension holds a number a row.
      guard shape.count == 2 else { return keepsCount && width == 1 }
      return keepsCount && (width.map { Int64($0) } == shape[1] || shape[1] == -1 && shape[0] != -1)
    case "Squeeze": return rows.isFlat && width == 1
    default: return false
    }
  }

  /// Numbers a row after the last step; nil where the graph leaves it open.
  private var width: Int? {
    for step in steps.reversed() {
      switch step {
      case .affine(let affine): return affine.outputs
      case .mirror: return 2
      case .diagonal, .activation, .softmax: continue
      }
    }
    return input.features
  }
}
