internal import Descent

/// The start of an IDX file: two zeros, the type of the numbers, how many dimensions, and each dimension as a
/// big-endian 32-bit number.
struct IDXHeader {
  let type: NumberType
  let dimensions: [Int]

  /// Where the numbers start in the file.
  var length: Int { 4 + 4 * dimensions.count }
  var rows: Int { dimensions[0] }
  /// The numbers of a row.
  let columns: Int
  /// The bytes that the numbers take.
  let payload: Int

  /// Whether a file that starts like this is IDX.
  static func isMagic(_ start: some Collection<UInt8>) -> Bool {
    let start = Array(start.prefix(4))
    return start.count == 4 && start[0] == 0 && start[1] == 0 && NumberType(idx: start[2]) != nil
      && start[3] > 0
  }

  /// Reads the header and checks that the file can hold what it declares.
  init(_ input: Input) throws(FileError) {
    func failure(_ offset: Int, _ problem: String, _ remedy: Phrase) -> FileError {
      FileError(.badData, input.name, at: .byte(offset), problem, remedy: remedy)
    }
    let magic = try input.take(4)
    guard magic.count == 4 else {
      throw failure(0, "only \(counted(magic.count, "byte")) where IDX has a header", "copy the file again")
    }
    guard magic[0] == 0, magic[1] == 0 else {
      if magic[2] == 0, magic[3] == 0, NumberType(idx: magic[1]) != nil {
        throw failure(0, "the IDX header is byte-swapped", "write its numbers big-endian")
      }
      throw failure(0, "is not an IDX file: it does not start with two zeros", "check the format")
    }
    guard let type = NumberType(idx: magic[2]) else {
      throw failure(2, "IDX has no number type \(magic[2])", "use 8, 9, 11, 12, 13 or 14")
    }
    self.type = type
    let rank = Int(magic[3])
    let bytes = try input.take(4 * rank)
    guard rank > 0, bytes.count == 4 * rank else {
      throw failure(
        3, "the IDX header declares \(counted(rank, "dimension")) and does not hold them",
        "copy the file again")
    }
    dimensions = (0..<rank).map { i in bytes[4 * i..<4 * i + 4].reduce(0) { $0 << 8 | Int($1) } }
    var (columns, overflow) = (1, false)
    for dimension in dimensions.dropFirst() {
      let product = columns.multipliedReportingOverflow(by: dimension)
      (columns, overflow) = (product.partialValue, overflow || product.overflow)
    }
    self.columns = columns
    let numbers = columns.multipliedReportingOverflow(by: dimensions[0])
    let size = numbers.partialValue.multipliedReportingOverflow(by: type.size)
    payload = size.partialValue
    let shape = dimensions.map { String($0) }.joined(separator: " × ")
    guard !overflow, !numbers.overflow, !size.overflow, size.partialValue <= (input.bound ?? .max) else {
      throw failure(
        4, "the header declares \(shape) numbers, more than the file can hold", "copy the file again")
    }
    guard payload > 0 else {
      throw failure(
        4, "the header declares \(shape) numbers: there is no data", "check that it is the right file")
    }
  }
}

extension NumberType {
  private static let idxCodes: [UInt8: NumberType] = [
    0x08: .uint8, 0x09: .int8, 0x0b: .int16, 0x0c: .int32, 0x0d: .float32, 0x0e: .float64,
  ]

  /// The type that IDX gives this number; nil where it gives none.
  init?(idx code: UInt8) {
    guard let type = Self.idxCodes[code] else { return nil }
    self = type
  }

  /// The number that IDX gives the type; nil where it has no such type.
  var idxCode: UInt8? { Self.idxCodes.first { $0.value == self }?.key }
}
