internal import Descent

/// The start of an NPY file: a magic, a version, and a Python dictionary of type, order and shape.
///
/// (NumPy Enhancement Proposal 1, and numpy.lib.format; versions 1.0 to 3.0.)
struct NPYHeader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// As NumPy's own limit.
  private static let greatestLength = 10_000

  let element: NPYElement
  /// Column after column instead of row after row.
  let isFortran: Bool
  let shape: [Int]
  /// Where the numbers start in the file.
  let length: Int
  /// The bytes that the numbers take.
  let payload: Int

  /// Reads the header and checks that the file can hold what it declares.
  ///
  /// - Parameter takesText: Whether the array may hold text, as labels do.
  init(_ input: Input, takesText: Bool = false) throws(FileError) {
    func failure(_ offset: Int, _ problem: String, _ remedy: Phrase = "copy the file again") -> FileError {
      FileError(.badData, input.name, at: .byte(offset), problem, remedy: remedy)
    }
    let start = try input.take(8)
    if start.isEmpty { throw failure(0, "the file is empty", "check that it is the right file") }
    guard start.starts(with: Self.magic.prefix(start.count)) else {
      throw failure(0, "is not an NPY file: it does not start with \\x93NUMPY", "check the format")
    }
    guard start.count == 8 else { throw failure(start.count, "the file ends within the NPY header") }
    let lengthBytes: Int
    switch (start[6], start[7]) {
    case (1, 0): lengthBytes = 2
    case (2, 0), (3, 0): lengthBytes = 4
    default:
      throw failure(
        6, "NPY version \(start[6]).\(start[7]) is not known", "save it as version 1.0, 2.0 or 3.0")
    }
    let sizes = try input.take(lengthBytes)
    guard sizes.count == lengthBytes else {
      throw failure(8 + sizes.count, "the file ends within the NPY header")
    }
    let count = sizes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Self.greatestLength else {
      throw failure(
        8, "the header is said to have \(count) bytes, more than \(Self.greatestLength)",
        "save the array again")
    }
    let text = try input.take(count)
    guard text.count == count else {
      throw failure(
        8 + lengthBytes + text.count,
        "the file ends within the NPY header, which is said to have \(count) bytes")
    }
    length = 8 + lengthBytes + count
    var dictionary = NPYDictionary(text, file: input.name, offset: 8 + lengthBytes, takesText: takesText)
    try dictionary.parse()
    (element, isFortran, shape) = (dictionary.element!, dictionary.isFortran!, dictionary.shape!)
    var (bytes, overflow) = (element.size, false)
    for dimension in shape {
      let product = bytes.multipliedReportingOverflow(by: dimension)
      (bytes, overflow) = (product.partialValue, overflow || product.overflow)
    }
    payload = bytes
    let room = input.bound.map { max(0, $0 - length) } ?? .max
    guard !overflow, bytes <= room else {
      let present = input.size.map { "; \(max(0, $0 - length)) are there" } ?? ""
      throw failure(
        length,
        "the header declares \(words(shape)) numbers of \(element.size == 1 ? "a byte" : "\(element.size) bytes"), more than the file holds\(present)"
      )
    }
  }

  /// The type of its numbers; of an array of text there is none.
  var type: NPYType {
    guard case .number(let type) = element else { preconditionFailure("numbers of an array of text") }
    return type
  }

  /// Whether the array that `input` begins with holds text.
  static func holdsText(_ input: Input) throws(FileError) -> Bool {
    guard try input.peek(magic.count).elementsEqual(magic) else { return false }
    let words = String(decoding: try input.peek(256), as: UTF8.self).split { "'\"".contains($0) }
    guard let key = words.firstIndex(of: "descr"), key + 2 < words.endIndex else { return false }
    return NPYText(String(words[key + 2])) != nil
  }

  /// The numbers of a row; 1 where there is one dimension.
  var columns: Int { shape.dropFirst().reduce(1, *) }
  var rows: Int { shape.first ?? 0 }
}

/// `3 × 4`
func words(_ shape: [Int]) -> String { shape.map { String($0) }.joined(separator: " × ") }
