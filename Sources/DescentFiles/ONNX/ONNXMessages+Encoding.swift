internal import Descent

extension ONNXModel {
  /// The bytes of the file; the same for the same content.
  ///
  /// The graph comes last: a file that was cut off lacks it, or part of it, and is not taken for another model.
  func encoded() -> [UInt8] {
    var writer = ProtobufWriter()
    writer.integer(1, irVersion)
    writer.text(2, producerName)
    writer.text(3, producerVersion)
    for (domain, version) in operatorSets.inOrder {
      writer.message(8) {
        $0.text(1, domain)
        $0.integer(2, version)
      }
    }
    for (key, value) in metadata.inOrder {
      writer.message(14) {
        $0.text(1, key)
        $0.text(2, value)
      }
    }
    if let graph { writer.message(7) { graph.encode(&$0) } }
    return writer.bytes
  }
}

extension ONNXGraph {
  fileprivate func encode(_ writer: inout ProtobufWriter) {
    for node in nodes { writer.message(1) { node.encode(&$0) } }
    writer.text(2, name)
    for tensor in initializers { writer.message(5) { tensor.encode(&$0) } }
    for input in inputs { writer.message(11) { input.encode(&$0) } }
    for output in outputs { writer.message(12) { output.encode(&$0) } }
  }
}

extension ONNXNode {
  fileprivate func encode(_ writer: inout ProtobufWriter) {
    for input in inputs { writer.text(1, input) }
    for output in outputs { writer.text(2, output) }
    writer.text(3, name)
    writer.text(4, type)
    for (_, attribute) in attributes.inOrder {
      writer.message(5) { attribute.encode(&$0) }
    }
    writer.text(7, domain)
  }
}

extension ONNXAttribute {
  /// Of the kinds that Descent writes: a number, or a whole one.
  fileprivate func encode(_ writer: inout ProtobufWriter) {
    writer.text(1, name)
    if let float { writer.float(2, float) }
    if let integer { writer.integer(3, integer) }
    writer.integer(20, float == nil ? 2 : 1)
  }
}

extension ONNXTensor {
  /// With its numbers as raw bytes.
  fileprivate func encode(_ writer: inout ProtobufWriter) {
    for size in dims { writer.integer(1, size) }
    writer.integer(2, type)
    writer.text(8, name)
    writer.data(9, raw ?? [])
  }
}

extension ONNXValue {
  fileprivate func encode(_ writer: inout ProtobufWriter) {
    writer.text(1, name)
    writer.message(2) {
      $0.message(1) {
        $0.integer(1, elementType ?? 0)
        $0.message(2) {
          for size in shape ?? [] { $0.message(1) { size.encode(&$0) } }
        }
      }
    }
    writer.text(3, documentation)
  }
}

extension ONNXValue.Dimension {
  fileprivate func encode(_ writer: inout ProtobufWriter) {
    switch self {
    case .size(let size): writer.integer(1, size)
    case .name(let name): writer.text(2, name)
    case .unknown: break
    }
  }
}
