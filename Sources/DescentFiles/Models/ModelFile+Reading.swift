internal import Descent

extension ModelFile {
  /// Reads the model in the file at `path`; `-` is standard input.
  ///
  /// The content tells the format, whatever the name. ONNX files of other exporters are read where they are
  /// chains of affine layers and activations.
  ///
  /// - Throws: ``FileError``, `badData` where the file is not a whole, finite model of this version or an earlier.
  public static func read(_ path: String) throws(FileError) -> StoredModel {
    try read(Input(path, maximumInflatedBytes: greatestSize), path: path == "-" ? nil : path)
  }

  /// Reads a file's bytes.
  public static func read(bytes: [UInt8], name: String) throws(FileError) -> StoredModel {
    try read(Input(bytes: bytes, name: name, maximumInflatedBytes: greatestSize), path: nil)
  }

  /// Protocol Buffers end at 2 GiB.
  static let greatestSize = 1 << 31

  private static func read(_ input: Input, path: String?) throws(FileError) -> StoredModel {
    let front = try input.peek(512)
    // The brace that opens a header of less than 4 GB, or one with its first name, whatever length is declared.
    let (length, text) = (front.prefix(8), front.dropFirst(8).prefix(2))
    if text.first == UInt8(ascii: "{"),
      length.suffix(4).allSatisfy({ $0 == 0 }) || text.last == UInt8(ascii: "\"")
    {
      return try ModelDecoder(Safetensors(decoding: input, allowsNonFinite: false), input.name).model()
    }
    if let (problem, remedy) = otherContent(Array(front)) {
      throw FileError(.badData, input.name, problem, remedy: remedy)
    }
    let bytes = try input.take(greatestSize)
    return try ONNXReader(bytes, name: input.name, path: path).stored()
  }

  /// What a file is, where its first bytes tell that it is no model.
  private static func otherContent(_ front: [UInt8]) -> (problem: String, remedy: Phrase)? {
    let remedy: Phrase = "give a file that 'descent train' wrote, or another ONNX model"
    if front.count < 9 { return ("holds no model: it has \(counted(front.count, "byte"))", remedy) }
    if front.starts(with: [0x50, 0x4b, 3, 4]) {
      return ("is a zip archive, such as PyTorch and Keras save", "export the model as ONNX")
    }
    if front.starts(with: [0x93, 0x4e, 0x55, 0x4d]) {
      return ("is an array of NumPy's and no model", remedy)
    }
    if front[0] == 0x80, (2...5).contains(front[1]) {
      return ("is a Python pickle, which is a program and not read", "export the model as ONNX")
    }
    if front.starts(with: [0, 0]) { return ("is a file of IDX data or the like, and no model", remedy) }
    // Protocol Buffers begin with a control character in every ONNX file there is: the field ir_version.
    let isText = front.allSatisfy { $0 >= 0x20 && $0 != 0x7f || [0x09, 0x0a, 0x0d].contains($0) }
    if isText {
      return ("is text, such as a table of data, and no model", "give the model first and the data after it")
    }
    return nil
  }
}
