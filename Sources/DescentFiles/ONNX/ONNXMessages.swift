/// The messages of ONNX files that models of layers need (https://onnx.ai/onnx/intro/concepts.html), with the
/// field numbers of onnx.proto beside them. What else a file holds is passed over.
///
/// They are read and written by some 300 lines of our own, and not by swift-protobuf with generated code, because a
/// reader of files from elsewhere must bound its memory. That library puts no limit on how many messages a file may
/// hold: with onnx.proto and swift-protobuf 1.39.0 a file of 10 MB of empty nodes, two bytes each, took 1.18 GB, and
/// one of empty tensors 1.70 GB; here it is refused at once. It would also have added 3971 lines of generated code
/// and a minute to a clean build.
struct ONNXModel {
  var irVersion: Int64 = 0  // 1
  var producerName = ""  // 2
  var producerVersion = ""  // 3
  var graph: ONNXGraph?  // 7
  /// The version of each operator set, by domain; "" is ONNX's own.
  var operatorSets: [String: Int64] = [:]  // 8
  var metadata: [String: String] = [:]  // 14
}

struct ONNXGraph {
  var nodes: [ONNXNode] = []  // 1
  var name = ""  // 2
  var initializers: [ONNXTensor] = []  // 5
  var inputs: [ONNXValue] = []  // 11
  var outputs: [ONNXValue] = []  // 12
  var hasSparseInitializers = false  // 15
}

struct ONNXNode {
  var inputs: [String] = []  // 1
  var outputs: [String] = []  // 2
  var name = ""  // 3
  var type = ""  // 4
  var attributes: [String: ONNXAttribute] = [:]  // 5
  var domain = ""  // 7
}

struct ONNXAttribute {
  var name = ""  // 1
  var float: Float?  // 2
  var integer: Int64?  // 3
  var text: String?  // 4
  var tensor: ONNXTensor?  // 5
  var floats: [Float] = []  // 7
  var integers: [Int64] = []  // 8
  var texts: [String] = []  // 9
}

struct ONNXTensor {
  /// What a tensor holds, of what is read.
  enum Content: Equatable {
    case numbers(NumberType)
    case texts

    /// onnx.proto's TensorProto.DataType.
    private static let codes: [Int64: Content] = [
      1: .numbers(.float32), 6: .numbers(.int32), 7: .numbers(.int64), 8: .texts, 11: .numbers(.float64),
    ]

    init?(_ code: Int64) {
      guard let content = Self.codes[code] else { return nil }
      self = content
    }

    /// The code of Float or Double.
    static func code<Element>(of type: Element.Type) -> Int64 {
      let content = Content.numbers(NumberType(of: type))
      return codes.first { $0.value == content }!.key
    }
  }

  var dims: [Int64] = []  // 1
  var type: Int64 = 0  // 2
  var floats: [Float] = []  // 4
  var int32s: [Int64] = []  // 5
  var texts: [String] = []  // 6
  var int64s: [Int64] = []  // 7
  var name = ""  // 8
  /// Little-endian numbers.
  var raw: ArraySlice<UInt8>?  // 9
  var doubles: [Double] = []  // 10
  /// Where the numbers lie in another file, by key: location, offset, length.
  var external: [String: String] = [:]  // 13
  var isExternal = false  // 14
}

/// An input or output of a graph.
struct ONNXValue {
  enum Dimension {
    case size(Int64)  // 1
    case name(String)  // 2
    case unknown
  }

  var name = ""  // 1
  var documentation = ""  // 3
  /// Nil where it is no tensor.
  var elementType: Int64?  // 2.1.1
  /// Nil where no shape is given.
  var shape: [Dimension]?  // 2.1.2
}
