internal import Descent

extension ONNXModel {
  init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: irVersion = try reader.integer(field)
      case 2: producerName = try reader.text(field)
      case 3: producerVersion = try reader.text(field)
      case 7:
        // Repeated, the parts of a message would have to be merged; no exporter writes that.
        if graph != nil {
          throw ProtobufReader.Failure(offset: field.offset, problem: "is a second graph")
        }
        graph = try ONNXGraph(reader.message(field))
      case 8:
        var (domain, version) = ("", 0 as Int64)
        var set = try reader.message(field)
        while let part = try set.next() {
          switch part.number {
          case 1: domain = try set.text(part)
          case 2: version = try set.integer(part)
          default: break
          }
        }
        operatorSets[domain] = version
      case 14:
        let (key, value) = try reader.entry(field)
        // skl2onnx names an operator set twice; no exporter names a note twice.
        if metadata.updateValue(value, forKey: key) != nil {
          throw ProtobufReader.Failure(
            offset: field.offset, problem: "holds the metadata \(quoted(key)) a second time")
        }
      default: break
      }
    }
  }
}

extension ProtobufReader {
  /// A key and its value, both texts.
  func entry(_ field: Field) throws(Failure) -> (key: String, value: String) {
    var (key, value) = ("", "")
    var entry = try message(field)
    while let part = try entry.next() {
      switch part.number {
      case 1: key = try entry.text(part)
      case 2: value = try entry.text(part)
      default: break
      }
    }
    return (key, value)
  }
}

extension ONNXGraph {
  fileprivate init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: nodes.append(try ONNXNode(reader.message(field)))
      case 2: name = try reader.text(field)
      case 5: initializers.append(try ONNXTensor(reader.message(field)))
      case 11: inputs.append(try ONNXValue(reader.message(field)))
      case 12: outputs.append(try ONNXValue(reader.message(field)))
      case 15: hasSparseInitializers = true
      default: break
      }
    }
  }
}

extension ONNXNode {
  fileprivate init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: inputs.append(try reader.text(field))
      case 2: outputs.append(try reader.text(field))
      case 3: name = try reader.text(field)
      case 4: type = try reader.text(field)
      case 5:
        let attribute = try ONNXAttribute(reader.message(field))
        attributes[attribute.name] = attribute
      case 7: domain = try reader.text(field)
      default: break
      }
    }
  }
}

extension ONNXAttribute {
  fileprivate init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try reader.text(field)
      case 2: float = try reader.float(field)
      case 3: integer = try reader.integer(field)
      case 4: text = String(decoding: reader.file[try reader.bytes(field)], as: UTF8.self)
      case 5: tensor = try ONNXTensor(reader.message(field))
      case 7: try reader.append(field, to: &floats)
      case 8: try reader.append(field, to: &integers)
      case 9: texts.append(try reader.text(field))
      default: break
      }
    }
  }
}

extension ONNXTensor {
  fileprivate init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: try reader.append(field, to: &dims)
      case 2: type = try reader.integer(field)
      case 4: try reader.append(field, to: &floats)
      case 5: try reader.append(field, to: &int32s)
      case 6: texts.append(try reader.text(field))
      case 7: try reader.append(field, to: &int64s)
      case 8: name = try reader.text(field)
      case 9: raw = reader.file[try reader.bytes(field)]
      case 10: try reader.append(field, to: &doubles)
      case 13:
        let (key, value) = try reader.entry(field)
        external[key] = value
      case 14: isExternal = try reader.integer(field) == 1
      default: break
      }
    }
  }
}

extension ONNXValue {
  fileprivate init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try reader.text(field)
      case 2:
        var type = try reader.message(field)
        while let part = try type.next() {
          if part.number == 1 { try readTensorType(type.message(part)) }
        }
      default: break
      }
    }
  }

  private mutating func readTensorType(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    while let field = try reader.next() {
      switch field.number {
      case 1: elementType = try reader.integer(field)
      case 2:
        shape = []
        var dims = try reader.message(field)
        while let part = try dims.next() {
          if part.number == 1 { shape!.append(try Dimension(dims.message(part))) }
        }
      default: break
      }
    }
  }
}

extension ONNXValue.Dimension {
  fileprivate init(_ reader: ProtobufReader) throws(ProtobufReader.Failure) {
    var reader = reader
    self = .unknown
    while let field = try reader.next() {
      switch field.number {
      case 1: self = .size(try reader.integer(field))
      case 2: self = .name(try reader.text(field))
      default: break
      }
    }
  }
}
