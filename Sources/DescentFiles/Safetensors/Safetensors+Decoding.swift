internal import Descent

extension Safetensors {
  /// The longest header that is read, in bytes.
  static let greatestHeader = 100_000_000

  /// Reads the file at `path`; `-` is standard input.
  ///
  /// Tensors come in the order in which they lie in the file.
  ///
  /// - Throws: ``FileError`` of kind `noInput`, or `badData` where the file is not whole and sound. Numbers that
  ///   are not finite are an error unless `allowsNonFinite` is set.
  public static func read(_ path: String, allowsNonFinite: Bool = false) throws(FileError) -> Safetensors {
    let input = try Input(path)
    return try Safetensors(decoding: input, allowsNonFinite: allowsNonFinite)
  }

  /// Reads a file's bytes.
  public init(decoding bytes: [UInt8], file: String, allowsNonFinite: Bool = false) throws(FileError) {
    try self.init(decoding: Input(bytes: bytes, name: file), allowsNonFinite: allowsNonFinite)
  }

  init(decoding input: Input, allowsNonFinite: Bool) throws(FileError) {
    func failure(_ offset: Int, _ problem: String) -> FileError {
      FileError(
        .badData, input.name, at: .byte(offset), problem,
        remedy: "the file is damaged or not in safetensors layout: save or copy it again")
    }
    let start = try input.take(8)
    guard start.count == 8 else {
      throw failure(0, "\(counted(start.count, "byte")) where a header starts with 8")
    }
    let length = start.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= Self.greatestHeader, length <= (input.bound ?? .max) else {
      throw failure(0, "declares a header of \(length) bytes")
    }
    let json = try input.take(Int(length))
    guard json.count == Int(length) else {
      throw failure(8 + json.count, "ends within its header of \(length) bytes")
    }
    let header: SafetensorsHeader
    do {
      header = try SafetensorsHeader(json[...])
    } catch {
      throw failure(8 + error.offset, error.problem)
    }
    let payload = try input.take(header.payload)
    let end = 8 + json.count + payload.count
    guard payload.count == header.payload else {
      throw failure(end, "ends after \(payload.count) of \(header.payload) bytes of numbers")
    }
    guard try input.peek(1).isEmpty else { throw failure(end, "the last tensor is followed by something") }
    tensors = header.entries.map { Tensor($0.name, $0.shape, Values($0.type, payload[$0.range])) }
    metadata = header.metadata
    for (tensor, entry) in zip(tensors, header.entries) where !allowsNonFinite {
      guard let index = tensor.values.firstNonFinite else { continue }
      throw failure(
        8 + json.count + entry.range.lowerBound + index * entry.type.size,
        "number \(index) of tensor \(quoted(tensor.name)) is not finite")
    }
  }
}

extension Safetensors.Values {
  /// Little-endian numbers.
  init(_ type: NumberType, _ bytes: ArraySlice<UInt8>) {
    self = bytes.withUnsafeBytes { bytes in
      func numbers<Number: FixedWidthInteger>(_: Number.Type) -> [Number] {
        (0..<bytes.count / MemoryLayout<Number>.size).map {
          Number(
            littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: Number.self)
          )
        }
      }
      switch type {
      case .float32: return .float(numbers(UInt32.self).map { Float(bitPattern: $0) })
      case .float64: return .double(numbers(UInt64.self).map { Double(bitPattern: $0) })
      case .int64: return .int64(numbers(Int64.self))
      case .uint8: return .uint8(Array(bytes))
      default: preconditionFailure("no values of \(type)")
      }
    }
  }

  var firstNonFinite: Int? {
    switch self {
    case .float(let values): values.firstIndex { !$0.isFinite }
    case .double(let values): values.firstIndex { !$0.isFinite }
    case .int64, .uint8: nil
    }
  }
}
