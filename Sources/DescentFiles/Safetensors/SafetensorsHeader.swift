internal import Descent

/// The header of a safetensors file, checked.
struct SafetensorsHeader {
  struct Entry {
    var name: String
    var type: NumberType
    var shape: [Int]
    /// Where its numbers lie behind the header.
    var range: Range<Int>
  }

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  /// How many bytes of numbers lie behind the header.
  var payload: Int { entries.last?.range.upperBound ?? 0 }

  /// Reads the JSON.
  ///
  /// - Throws: What is wrong, at an offset in `json`'s indices.
  init(_ json: ArraySlice<UInt8>) throws(JSONScanner.Failure) {
    var scanner = JSONScanner(json)
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    try scanner.object { (scanner, key) throws(JSONScanner.Failure) in
      if key == "__metadata__" {
        try scanner.object { (scanner, key) throws(JSONScanner.Failure) in
          metadata[key] = try scanner.string()
        }
      } else {
        entries.append(try Self.entry(key, &scanner))
      }
    }
    try scanner.expectEnd()
    self.entries = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    self.metadata = metadata
    try checkCover(at: json.endIndex)
  }

  private static func entry(_ name: String, _ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> Entry
  {
    let start = scanner.position
    var type: NumberType?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { (scanner, key) throws(JSONScanner.Failure) in
      switch key {
      case "dtype":
        let word = try scanner.string()
        type = NumberType(safetensors: word)
        if type == nil { throw scanner.failure("tensor \(quoted(name)) has the number type \(quoted(word))") }
      case "shape": shape = try scanner.numbers()
      case "data_offsets": offsets = try scanner.numbers()
      default: throw scanner.failure("tensor \(quoted(name)) has an unknown key \(quoted(key))")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw scanner.failure(
        "tensor \(quoted(name)) lacks its dtype, shape or two data_offsets", at: start)
    }
    guard offsets[0] <= offsets[1] else {
      throw scanner.failure("tensor \(quoted(name)) ends before it starts", at: start)
    }
    guard bytes(type, shape) == offsets[1] - offsets[0] else {
      throw scanner.failure(
        "tensor \(quoted(name)) of shape \(shape) does not take \(offsets[1] - offsets[0]) bytes", at: start)
    }
    return Entry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  /// The bytes of a tensor; nil where there are too many to count.
  private static func bytes(_ type: NumberType, _ shape: [Int]) -> Int? {
    var product = type.size
    for dimension in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      product = next
    }
    return product
  }

  /// Checks that the tensors follow one another from the first byte on.
  private func checkCover(at offset: Int) throws(JSONScanner.Failure) {
    var end = 0
    for entry in entries {
      let start = entry.range.lowerBound
      guard start == end else {
        throw JSONScanner.Failure(
          offset: offset + min(start, end),
          problem: start < end
            ? "tensor \(quoted(entry.name)) overlaps another"
            : "no tensor covers the bytes before \(quoted(entry.name))")
      }
      end = entry.range.upperBound
    }
  }
}
