import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Rows 67 to 76 and 80 of the list of bad inputs, for both formats of models.
@Suite("A damaged model is an error or another model, never a crash")
struct DamagedModelTests {
  static let files: [[UInt8]] = ModelFile.Format.allCases.flatMap { format in
    [
      try! ModelFile.bytes(of: ModelSamples.linear(Float.self), as: format),
      try! ModelFile.bytes(of: ModelSamples.network(Double.self), as: format),
    ]
  }

  @Test(arguments: files)
  func cutAtEveryByte(_ bytes: [UInt8]) {
    for count in bytes.indices {
      let error = failure { _ = try ModelFile.read(bytes: Array(bytes.prefix(count)), name: "m") }
      #expect(error.kind == .badData, "\(count) bytes")
    }
  }

  /// Two of the eight flips of every byte, and all eight from one run of bytes to the next; what is still a model
  /// scores a row.
  @Test(arguments: files)
  func flippedAtEveryBit(_ bytes: [UInt8]) {
    var (changed, models) = (bytes, 0)
    for index in bytes.indices {
      for bit in [index % 8, (index + 3) % 8] {
        changed[index] ^= 1 << UInt8(bit)
        defer { changed[index] ^= 1 << UInt8(bit) }
        do throws(FileError) {
          switch try ModelFile.read(bytes: changed, name: "m") {
          case .float(let model): use(model)
          case .double(let model): use(model)
          }
          models += 1
        } catch {
          #expect(error.kind == .badData && !error.description.contains("\n"))
        }
      }
    }
    // Most bits are those of numbers and names.
    #expect(models > bytes.count / 4 && models < 2 * bytes.count)
  }

  private func use<Element: KernelScalar>(_ model: TrainedModel<Element>) {
    let scores = model.scores(
      Matrix(rows: 1, columns: model.inputs, elements: Array(repeating: 1, count: model.inputs)))
    if !model.classNames.isEmpty { _ = model.decide(scores) }
    _ = model.comparableTemplates
  }

  @Test func somethingBehindTheModel() throws {
    for bytes in Self.files {
      let error = failure { _ = try ModelFile.read(bytes: bytes + [0], name: "m") }
      #expect(error.kind == .badData)
    }
  }
}

@Suite("What is no ONNX model that Descent reads")
struct ONNXBadInputTests {
  /// A field of bytes.
  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    var length = bytes.count
    var head = [number << 3 | 2]
    repeat {
      head.append(UInt8(length & 0x7f) | (length > 0x7f ? 0x80 : 0))
      length >>= 7
    } while length > 0
    return head + bytes
  }

  private static func text(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  /// A file of IR version 8 with this graph.
  private static func file(_ graph: [UInt8]) -> [UInt8] { [8, 8] + text(2, "maker") + field(7, graph) }

  private static let input = field(11, text(1, "x") + field(2, field(1, [8, 1])))
  private static let output = field(12, text(1, "y"))

  private static func tensor(_ name: String, _ dims: [[UInt8]], _ raw: [UInt8], type: UInt8 = 1) -> [UInt8] {
    field(5, dims.flatMap { [8] + $0 } + [16, type] + text(8, name) + field(9, raw))
  }

  private static func node(_ type: String, _ inputs: [String], _ output: String = "y") -> [UInt8] {
    field(1, inputs.flatMap { text(1, $0) } + text(2, output) + text(4, type))
  }

  static let huge: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]  // 2⁶²
  static let negative: [UInt8] = [UInt8](repeating: 0xff, count: 9) + [1]
  static let one: [UInt8] = [0, 0, 128, 63]

  static let cases: [([UInt8], String)] = [
    (Array("1,2,3\n4,5,6\n".utf8), "is text, such as a table of data, and no model"),
    (Array("PK\u{3}\u{4}abcdefgh".utf8), "is a zip archive, such as PyTorch and Keras save"),
    ([0x80, 2] + Array("}q\u{1}X0123".utf8), "is a Python pickle, which is a program and not read"),
    ([0x93] + Array("NUMPY\u{1}\u{0}v\u{0}{'des".utf8), "is an array of NumPy's and no model"),
    ([0, 0, 8, 3, 0, 0, 0, 1, 0, 0], "is a file of IDX data or the like, and no model"),
    ([8, 8], "holds no model: it has 2 bytes"),
    ([8, 8] + text(2, "anything"), "holds no graph"),
    ([8, 8] + [0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0], "declares 34359738367 bytes where 2 are left"),
    ([8] + [UInt8](repeating: 0xff, count: 12), "is a number of more than ten bytes"),
    ([8, 8, 0x0b] + [UInt8](repeating: 0, count: 9), "is a field of the unknown wire type 3"),
    ([8, 8, 0x02] + [UInt8](repeating: 0, count: 9), "is no field's start"),
    ([8, 8, 0x12, 2, 0xff, 0xfe] + field(7, input), "field 2 does not hold UTF-8"),
    ([8, 8, 0x38, 1] + [UInt8](repeating: 0x20, count: 9), "field 7 does not hold bytes"),
    (file(input + output) + field(7, input), "is a second graph"),
    (file([]), "takes 0 inputs where rows of features are one"),
    (file(input + input), "takes 2 inputs where rows of features are one"),
    (file(input + output), "has the output 'y' that no operator gives"),
    (
      file(input + node("Gemm", ["x", "W"])), "the operator Gemm takes 'W', which no operator before it gives"
    ),
    (file(input + node("Gemm", ["x"])), "the operator Gemm lacks its input 1"),
    (file(input + node("Gemm", ["x", "x"])), "the operator Gemm takes an input 1 that is no constant"),
    (file(input + node("Conv", ["x"])), "holds the operator Conv, which is no such layer"),
    (file(input + node("Relu", ["x"]) + output), "begins with what is no affine layer"),
    (
      file(input + tensor("W", [[1], [1]], [0, 0, 128]) + node("Gemm", ["x", "W"])),
      "the tensor 'W' of shape [1, 1] does not take 3 bytes"
    ),
    (
      file(input + tensor("W", [huge, [8]], one) + node("Gemm", ["x", "W"])),
      "the tensor 'W' has the impossible shape [4611686018427387904, 8]"
    ),
    (
      file(input + tensor("W", [huge], one) + node("Gemm", ["x", "W"])),
      "the tensor 'W' of shape [4611686018427387904] does not take 4 bytes"
    ),
    (
      file(input + tensor("W", [negative], one) + node("Gemm", ["x", "W"])),
      "the tensor 'W' has the impossible shape [-1]"
    ),
    (
      file(input + tensor("W", [[1], [1]], [0, 0], type: 10) + node("Gemm", ["x", "W"])),
      "the tensor 'W' holds numbers of the type 10, which is not read"
    ),
    (
      file(input + tensor("W", [[0], [0]], []) + node("Gemm", ["x", "W"])),
      "the operator Gemm holds no weights"
    ),
    (
      file(input + tensor("W", [[1], [1]], [0, 0, 128, 127]) + node("Gemm", ["x", "W"])),
      "the operator Gemm holds a number that is not finite"
    ),
    (
      file(input + tensor("W", [[1], [1]], one) + node("Gemm", ["x", "W"]) + node("Add", ["y", "x"], "z")),
      "the operator Add joins or branches the rows' way"
    ),
    (
      file(
        input + tensor("W", [[1], [2]], one + one) + node("MatMul", ["x", "W"])
          + node("MatMul", ["y", "W"], "z")
          + field(12, text(1, "z"))),
      "an affine layer of 1 inputs follows one of 2 outputs"
    ),
    (
      file(
        input + tensor("W", [[1], [1]], one) + node("Gemm", ["x", "W"]) + node("Relu", ["y"], "z") + output
          + field(12, text(1, "z"))), "has the output 'y' from the midst of the layers"
    ),
  ]

  @Test(arguments: cases)
  func isRefused(_ bytes: [UInt8], _ problem: String) {
    let error = failure { _ = try ModelFile.read(bytes: bytes, name: "m") }
    #expect(error.kind == .badData)
    #expect(error.problem == problem)
    #expect(!error.remedy.isEmpty)
  }

  /// Two bytes each in the file, 240 in memory.
  @Test(arguments: [1, 5, 11] as [UInt8])
  func millionsOfEmptyPartsAreRefused(_ number: UInt8) {
    let parts = [[UInt8]](repeating: Self.field(number, []), count: 1 << 20).flatMap { $0 }
    let error = failure { _ = try ModelFile.read(bytes: Self.file(parts), name: "m") }
    #expect(error.problem == "is one of more than 16384 parts")
  }

  @Test func aNewerFormat() throws {
    for format in ModelFile.Format.allCases {
      var model = ModelSamples.linear(Float.self)
      model.provenance = Provenance()
      let bytes = try ModelFile.bytes(of: model, as: format)
      let key = Array("format_version".utf8)
      let start = bytes.indices.first { bytes[$0...].starts(with: key) }! + key.count
      var newer = bytes
      newer[newer[start...].firstIndex(of: UInt8(ascii: "1"))!] = UInt8(ascii: "9")
      let error = failure { _ = try ModelFile.read(bytes: newer, name: "m") }
      #expect(
        error.description == "m: was made by a newer descent (format 9, this one reads 2); update descent")
    }
  }

  @Test(arguments: [
    ("loss", "relu", "was trained with a loss that this descent does not know"),
    ("classes", "[\"a\",\"b\"]", "names 2 classes for 3 rows of weights"),
    ("classes", "[\"a\",\"b\",\"a\"]", "names one class only, or one twice"),
    ("classes", "[\"a\",\"b\",", "has classes that are not a list of at most 4 names"),
    ("classes", "[[[[[[", "has classes that are not a list of at most 4 names"),
    ("classes", "[1,2,3]", "has classes that are not a list of at most 4 names"),
    ("features", "[\"a\"]", "names 1 feature for 2 columns of weights"),
    ("margin", "nan", "has a margin that is not a number above 0"),
    (
      "image", "1x9223372036854775807x2",
      "has an image shape '1x9223372036854775807x2' that does not fit 2 features"
    ),
    ("feature_scales", "[1]", "has feature scales that do not fit 2 features"),
    ("feature_scales", "[1,nan]", "has feature scales that are not at most 2 numbers"),
    ("feature_scales", "[1,1e999]", "has feature scales that do not fit 2 features"),
    ("feature_scales", "[1,2,3]", "has feature scales that are not at most 2 numbers"),
  ])
  func metadataThatDoNotFit(_ key: String, _ value: String, _ problem: String) throws {
    let bytes = try ModelFile.bytes(of: ModelSamples.linear(Float.self))
    var model = try ONNXModel(ProtobufReader(bytes))
    model.metadata[key] = value
    let error = failure { _ = try ModelFile.read(bytes: model.encoded(), name: "m") }
    #expect(error.problem == problem)
  }
}
