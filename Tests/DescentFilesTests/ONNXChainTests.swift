import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Graphs that no exporter at hand writes, node by node.
@Suite("What a chain of operators amounts to")
struct ONNXChainTests {
  private static func node(
    _ type: String, _ inputs: [String], _ output: String, _ attributes: [ONNXAttribute] = []
  ) -> ONNXNode {
    var node = ONNXNode()
    (node.type, node.inputs, node.outputs) = (type, inputs, [output])
    for attribute in attributes { node.attributes[attribute.name] = attribute }
    return node
  }

  private static func integer(_ name: String, _ value: Int64) -> ONNXAttribute {
    var attribute = ONNXAttribute()
    (attribute.name, attribute.integer) = (name, value)
    return attribute
  }

  private static func float(_ name: String, _ value: Float) -> ONNXAttribute {
    var attribute = ONNXAttribute()
    (attribute.name, attribute.float) = (name, value)
    return attribute
  }

  private static func tensor(_ name: String, _ dims: [Int64], _ values: [Double]) -> ONNXTensor {
    var tensor = ONNXTensor()
    (tensor.name, tensor.dims, tensor.type) = (name, dims, ONNXTensor.Content.code(of: Double.self))
    tensor.raw = values.littleEndianBytes[...]
    return tensor
  }

  private static let tensors = [
    tensor("W", [2, 2], [1, 2, 3, 4]), tensor("b", [2], [10, 20]), tensor("row", [1, 2], [0.5, -1]),
    tensor("two", [], [2]), tensor("one", [], [1]), tensor("last", [2, 1], [1, -2]),
    tensor("wide", [3], [1, 2, 3]),
    tensor("column", [2, 1], [1, 2]), tensor("zero", [1], [0]),
  ]

  /// The model of a graph from `x` to `y`.
  private static func read(_ nodes: [ONNXNode], outputs: [String] = ["y"]) throws -> StoredModel {
    var graph = ONNXGraph()
    (graph.nodes, graph.initializers) = (nodes, tensors)
    graph.inputs = [ONNXValue(name: "x", elementType: 11, shape: [.name("n"), .size(2)])]
    graph.outputs = outputs.map { ONNXValue(name: $0, elementType: 11) }
    var model = ONNXModel()
    (model.irVersion, model.producerName, model.graph) = (8, "test", graph)
    return try ModelFile.read(bytes: model.encoded(), name: "m")
  }

  /// The scores of the row (3, 5).
  private static func scores(_ nodes: [ONNXNode]) throws -> [Double] {
    guard case .double(let model) = try read(nodes) else { return [] }
    return model.scores([3, 5])
  }

  /// (3, 5)·W = (18, 26).
  static let cases: [([ONNXNode], [Double])] = [
    ([node("MatMul", ["x", "W"], "y")], [18, 26]),
    ([node("Gemm", ["x", "W", "b"], "y")], [28, 46]),
    ([node("Gemm", ["x", "W", "b"], "y", [integer("transB", 1)])], [23, 49]),
    ([node("Gemm", ["x", "W", "b"], "y", [float("alpha", 2), float("beta", 0.5)])], [41, 62]),
    ([node("Gemm", ["x", "W", "two"], "y")], [20, 28]),
    // After the layer: s·scale + shift, biases too.
    ([node("Gemm", ["x", "W", "b"], "a"), node("Mul", ["a", "row"], "y")], [14, -46]),
    (
      [node("Gemm", ["x", "W", "b"], "a"), node("Div", ["a", "row"], "c"), node("Add", ["b", "c"], "y")],
      [66, -26]
    ),
    ([node("Gemm", ["x", "W", "b"], "a"), node("Sub", ["two", "a"], "y")], [-26, -44]),
    ([node("Gemm", ["x", "W", "b"], "a"), node("Neg", ["a"], "y")], [-28, -46]),
    // Before it: ((3, 5)·2 − (0.5, −1))·W = (5.5, 11)·W.
    (
      [node("Mul", ["two", "x"], "a"), node("Sub", ["a", "row"], "c"), node("MatMul", ["c", "W"], "y")],
      [38.5, 55]
    ),
    (
      [node("Add", ["x", "row"], "a"), node("Div", ["a", "two"], "c"), node("MatMul", ["c", "W"], "y")],
      [7.75, 11.5]
    ),
    // Between activations; two layers without one between stay two.
    (
      [
        node("MatMul", ["x", "W"], "a"), node("Relu", ["a"], "c"), node("Mul", ["c", "row"], "d"),
        node("MatMul", ["d", "W"], "y"),
      ], [-69, -86]
    ),
    ([node("MatMul", ["x", "W"], "a"), node("MatMul", ["a", "W"], "y")], [96, 140]),
    // max(z, c·z), either way round: z = (3, 5)·W·(−1), of which the half.
    (
      [
        node("MatMul", ["x", "W"], "a"), node("Neg", ["a"], "z"), node("Div", ["z", "two"], "h"),
        node("Max", ["h", "z"], "y"),
      ], [-9, -13]
    ),
    ([node("Transpose", ["W"], "T"), node("MatMul", ["x", "T"], "y")], [13, 29]),
    // [−s, s]
    (
      [
        node("MatMul", ["x", "last"], "s"), node("Neg", ["s"], "n"),
        node("Concat", ["n", "s"], "y", [integer("axis", 1)]),
      ], [7, -7]
    ),
  ]

  @Test(arguments: cases)
  func scoresByHand(_ nodes: [ONNXNode], _ expected: [Double]) throws {
    #expect(try Self.scores(nodes) == expected)
  }

  /// Refused, whatever the numbers.
  static let refused: [([ONNXNode], String)] = [
    (
      [node("MatMul", ["x", "W"], "a"), node("Relu", ["a"], "c"), node("Tanh", ["a"], "y")],
      "the operator Tanh joins or branches the rows' way"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Neg", ["a"], "c"), node("Max", ["a", "c"], "y")],
      "the operator Max joins or branches the rows' way"
    ),
    (
      [node("Add", ["x", "column"], "a"), node("MatMul", ["a", "W"], "y")],
      "the operator Add takes a constant of the shape [2, 1]"
    ),
    (
      [node("Add", ["x", "wide"], "a"), node("MatMul", ["a", "W"], "y")], "3 factors scale rows of 2 numbers"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Add", ["a", "wide"], "y")], "3 factors scale rows of 2 numbers"
    ),
    ([node("Gemm", ["x", "W", "wide"], "y")], "the operator Gemm adds 3 biases to 2 outputs"),
    ([node("Gemm", ["x", "W"], "y", [integer("transA", 1)])], "the operator Gemm transposes the rows"),
    (
      [node("MatMul", ["x", "W"], "a"), node("Div", ["a", "zero"], "y")],
      "the operator Div divides by the rows, or by 0"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Div", ["two", "a"], "y")],
      "the operator Div divides by the rows, or by 0"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Softmax", ["a"], "y", [integer("axis", 0)])],
      "the operator Softmax is taken over the rows"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Softmax", ["a"], "c"), node("MatMul", ["c", "W"], "y")],
      "the operator MatMul follows a softmax"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Sigmoid", ["a"], "y")],
      "ends in the operator Sigmoid of 2 scores, labels that do not exclude each other"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("ArgMax", ["a"], "y")],
      "the operator ArgMax is taken over the rows, or takes the last of equals"
    ),
    (
      [node("MatMul", ["x", "W"], "a"), node("Cast", ["a"], "y", [integer("to", 7)])],
      "the operator Cast rounds the rows (to type 7)"
    ),
    ([node("MatMul", ["x", "wide"], "y")], "the operator MatMul multiplies by what is no matrix"),
    (
      [node("MatMul", ["x", "last"], "a"), node("MatMul", ["a", "W"], "y")],
      "an affine layer of 2 inputs follows one of 1 outputs"
    ),
    (
      [node("MatMul", ["x", "column"], "a"), node("Relu", ["a"], "c"), node("Mul", ["c", "two"], "y")],
      "ends in scaling that no affine layer is beside"
    ),
  ]

  @Test(arguments: refused)
  func isRefused(_ nodes: [ONNXNode], _ problem: String) {
    let error = failure { _ = try Self.read(nodes) }
    #expect(error.problem == problem)
  }

  /// Scores and probabilities of one chain are one model.
  @Test func scoresBesideProbabilities() throws {
    let nodes = [Self.node("MatMul", ["x", "W"], "s"), Self.node("Softmax", ["s"], "p")]
    guard case .double(let model) = try Self.read(nodes, outputs: ["p", "s"]) else {
      Issue.record("not a model of Doubles")
      return
    }
    #expect(model.lossName == "softmax" && model.classNames == ["0", "1"])
    #expect(model.scores([3, 5]) == [18, 26])
    #expect(model.provenance.producer == "test")
  }
}
