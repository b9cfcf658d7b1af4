/// An operator of a graph, with its settings at hand.
struct ONNXOperator: CustomStringConvertible {
  let node: ONNXNode

  init(_ node: ONNXNode) { self.node = node }

  /// The name with the domain, where it is not one of ONNX's own two: `Gemm`, `LinearClassifier`.
  var type: String {
    ["", "ai.onnx", "ai.onnx.ml"].contains(node.domain) ? node.type : "\(node.domain):\(node.type)"
  }

  /// As messages name it.
  var description: String {
    let operatorName = "the operator \(escaped(type, limit: 60))"
    return node.name.isEmpty ? operatorName : "\(operatorName) (\(quoted(node.name)))"
  }

  /// The name of an input; nil where it is left out.
  func input(_ index: Int) -> String? {
    index < node.inputs.count && !node.inputs[index].isEmpty ? node.inputs[index] : nil
  }

  func integer(_ name: String, default value: Int64) -> Int64 { node.attributes[name]?.integer ?? value }
  func float(_ name: String, default value: Float) -> Float { node.attributes[name]?.float ?? value }
  func text(_ name: String, default value: String) -> String { node.attributes[name]?.text ?? value }
  func floats(_ name: String) -> [Double] { (node.attributes[name]?.floats ?? []).map { Double($0) } }
  func integers(_ name: String) -> [Int64] { node.attributes[name]?.integers ?? [] }

  /// Names of classes, given as texts or as numbers.
  func classNames(_ texts: String, _ numbers: String) -> [String] {
    let names = node.attributes[texts]?.texts ?? []
    return names.isEmpty ? integers(numbers).map { "\($0)" } : names
  }
}

/// The input of a graph: rows of features.
struct ONNXInput {
  let name: String
  /// Its dimensions, the rows' first; nil for those that are not given. Empty where none is.
  let shape: [Int?]

  init(_ value: ONNXValue) throws(ONNXFailure) {
    name = value.name
    // Float, Double, and the whole numbers that scikit-learn's columns may have.
    guard [1, 11, 6, 7].contains(value.elementType) else {
      throw .unsupported("takes the input \(quoted(value.name)), which holds no 32- or 64-bit numbers")
    }
    shape = (value.shape ?? []).map { dimension in
      // skl2onnx writes 0 for a size that is not known.
      if case .size(let size) = dimension, size >= 1, size <= 1 << 31 { Int(size) } else { nil }
    }
    guard shape.count != 1 else {
      throw .unsupported("takes one row as \(quoted(value.name)), not a matrix of rows")
    }
  }

  /// Features a row; nil where the graph leaves it open.
  var features: Int? {
    var product = 1
    for size in shape.dropFirst() {
      guard let size, product <= 1 << 31 else { return nil }
      product *= size
    }
    return shape.count < 2 ? nil : product
  }
}
