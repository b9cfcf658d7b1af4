import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("A small model file cannot ask for much memory")
struct ONNXMemoryTests {
  private func tensor(_ external: [String: String]) -> ONNXTensor {
    var tensor = ONNXTensor()
    (tensor.name, tensor.external, tensor.isExternal) = ("t", external, true)
    return tensor
  }

  /// What a few bytes name again is not read again.
  @Test func tensorsShareNoBytesOfAFile() throws {
    try withTemporaryFolder { folder in
      try write(Array(0..<100), to: folder + "/w")
      var files = ExternalTensors(folder: folder)
      let first = try files.bytes(of: tensor(["location": "w", "offset": "10", "length": "60"]))
      #expect(Array(first) == Array(10..<70))
      let second = try files.bytes(of: tensor(["location": "./w", "length": "10"]))
      #expect(Array(second) == Array(0..<10))
      for location in ["w", "././w", ".//w"] {
        #expect(throws: ONNXFailure.self) {
          _ = try files.bytes(of: tensor(["location": location, "offset": "0", "length": "31"]))
        }
      }
      do throws(ONNXFailure) {
        _ = try files.bytes(of: tensor(["location": "w"]))
        Issue.record("the whole file was read again")
      } catch {
        #expect(
          error.problem
            == "the tensor 't': \(folder)/w: has 100 bytes, fewer than the tensors up to this one take of it")
      }
      #expect(try files.bytes(of: tensor(["location": "w", "offset": "70"])).count == 30)
    }
  }

  /// A layer of 512 × 512 numbers, which may be three times as many, and 2^20 more: seven layers of it.
  @Test(
    "A tensor that many operators use",
    arguments: [("MatMul", 7), ("Transpose", 6), ("Cast", 6), ("Add", 4000)])
  func operatorsMakeNoMoreNumbersThanTheFileBears(_ type: String, _ most: Int) throws {
    func read(_ count: Int) throws {
      let size = 512
      var (graph, model, weights, vector) = (ONNXGraph(), ONNXModel(), ONNXTensor(), ONNXTensor())
      (weights.name, weights.dims) = ("W", [Int64(size), Int64(size)])
      weights.raw = [Double](repeating: 0.5, count: size * size).littleEndianBytes[...]
      (vector.name, vector.dims) = ("b", [Int64(size)])
      vector.raw = [Double](repeating: 0.5, count: size).littleEndianBytes[...]
      (weights.type, vector.type) = (11, 11)
      graph.initializers = [weights, vector]
      for index in 0..<count {
        var node = ONNXNode()
        let rows = index == 0 ? "x" : "y\(index - 1)"
        (node.type, node.outputs) = (type, ["y\(index)"])
        switch type {
        case "Add": node.inputs = [rows, "b"]
        case "MatMul": node.inputs = [rows, "W"]
        default: node.inputs = ["W"]
        }
        if type == "Cast" {
          var attribute = ONNXAttribute()
          (attribute.name, attribute.integer) = ("to", 11)
          node.attributes["to"] = attribute
        }
        graph.nodes.append(node)
      }
      if type != "MatMul" {
        var node = ONNXNode()
        (node.type, node.outputs) = ("MatMul", ["y"])
        node.inputs = [type == "Add" ? "y\(count - 1)" : "x", type == "Add" ? "W" : "y0"]
        graph.nodes.append(node)
      }
      graph.inputs = [ONNXValue(name: "x", elementType: 11, shape: [.name("n"), .size(Int64(size))])]
      graph.outputs = [ONNXValue(name: type == "MatMul" ? "y\(count - 1)" : "y", elementType: 11)]
      (model.irVersion, model.producerName, model.graph) = (8, "test", graph)
      _ = try ModelFile.read(bytes: model.encoded(), name: "m")
    }
    try read(type == "Add" ? 10 : most)
    let error = failure { try read(most + 2) }
    #expect(
      error.problem.hasSuffix(" uses the file's numbers again, which are used 3 times already"),
      "\(error.problem)")
  }
}
