internal import Descent
internal import LinearAlgebra

extension Safetensors {
  /// The bytes of the file; the same for the same content.
  ///
  /// The header's keys are sorted. Tensors lie in the order of their number's size, the largest first, then
  /// of their names, and the header is filled up with spaces, so that every tensor is aligned.
  public func encoded() -> [UInt8] {
    let names = tensors.map(\.name)
    require(Set(names).count == names.count && !names.contains("__metadata__"), "names clash: \(names)")
    let ordered = tensors.sorted {
      ($1.values.type.size, $0.name) < ($0.values.type.size, $1.name)
    }
    var entries: [String: String] = [:]
    var offset = 0
    for tensor in ordered {
      let end = offset + tensor.values.count * tensor.values.type.size
      let shape = tensor.shape.map { String($0) }.joined(separator: ",")
      entries[tensor.name] =
        #"{"dtype":"\#(tensor.values.type.safetensorsName!)","shape":[\#(shape)],"data_offsets":[\#(offset),\#(end)]}"#
      offset = end
    }
    if !metadata.isEmpty {
      let texts = metadata.inOrder.map { "\(JSONText.quoted($0)):\(JSONText.quoted($1))" }
      entries["__metadata__"] = "{\(texts.joined(separator: ","))}"
    }
    let text = entries.inOrder.map { "\(JSONText.quoted($0)):\($1)" }.joined(separator: ",")
    var header = Array("{\(text)}".utf8)
    header += Array(repeating: .space, count: (8 - header.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    bytes.append(littleEndian: UInt64(header.count))
    bytes += header
    for tensor in ordered { bytes.append(tensor.values) }
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(_ values: Safetensors.Values) {
    switch values {
    case .float(let values): for value in values { append(littleEndian: value.bitPattern) }
    case .double(let values): for value in values { append(littleEndian: value.bitPattern) }
    case .int64(let values): for value in values { append(littleEndian: value) }
    case .uint8(let values): self += values
    }
  }
}

/// Text in JSON.
enum JSONText {
  /// `["a","b"]`
  static func array(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ",") + "]" }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
