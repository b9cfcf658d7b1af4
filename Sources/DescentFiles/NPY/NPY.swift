public import Descent
internal import LinearAlgebra

/// Reads NumPy's format: one array of rows, and the labels in an array of their own.
public enum NPY {
  /// Reads features `[rows, features]`, and the labels `[rows]` of another file of NPY or IDX, or of text. Images `[rows,
  /// height, width]`, with channels behind or before, are rows of their numbers, and keep their shape. Labels may be text.
  ///
  /// A regular file that holds uint8, float16, float32 or float64 row after row in the machine's byte order is mapped
  /// into memory and not read: its numbers stay as they are stored. Anything else that NumPy writes of numbers
  /// (big-endian, column after column, integers, compressed, from a pipe) is read, as bytes, as Floats where each number is
  /// one, and else as Doubles. That the numbers are finite and no larger than `type` can hold is left to
  /// `Trainer.checkAll(_:as:)` where they are mapped. NaN stands for a number that is missing where
  /// ``DataOptions/missing`` says what to do; such an array is read, and not mapped.
  ///
  /// - Throws: ``FileError``, `badData` where a file is not whole or the two do not fit.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ input: Input, labels: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    let header = try featureHeader(input, options)
    let (targets, names) = try LabelFile.read(labels, rows: header.rows, of: input.name, options)
    if options.missingPolicy != .refused {
      return try readLacking(input, header, targets, names, options, as: type)
    }
    return Dataset(
      features: try storage(input, header, as: type), targets: targets, classNames: names,
      imageShape: header.imageShape)
  }

  /// Reads the header of an array of rows and checks it against the model.
  static func featureHeader(_ input: Input, _ options: DataOptions) throws(FileError) -> NPYHeader {
    let header = try NPYHeader(input)
    func failure(_ problem: String, _ remedy: Phrase) -> FileError {
      FileError(.badData, input.name, problem, remedy: remedy)
    }
    guard (2...4).contains(header.shape.count) else {
      let shape = header.shape.isEmpty ? "no dimension" : "the shape \(words(header.shape))"
      throw failure("the array has \(shape), not [rows, features]", "reshape it to two dimensions")
    }
    guard header.payload > 0 else {
      throw failure(
        "the array of \(words(header.shape)) is empty: there are no rows of data",
        "check that it is the right file")
    }
    if let model = options.model, model.features != header.columns, !hasColumns(of: model, header) {
      throw failure(
        "\(counted(header.columns, "number")) a row do not fit the model, which takes "
          + counted(model.features, "feature"), "give rows of the shape it was trained on")
    }
    return header
  }

  /// - Parameter bytes: of all arrays that are read at the same time; nil where it is this one alone.
  static func storage<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ header: NPYHeader, ofAll bytes: Int? = nil, as type: Element.Type
  ) throws(FileError) -> any FeatureStorage {
    if let mapped = try mapped(input, header, ofAll: bytes) { return mapped }
    func dense<Stored: StoredNumber>(_ elements: [Stored]) -> any FeatureStorage {
      DenseStorage(rows: header.rows, columns: header.columns, elements: header.ordered(elements)[...])
    }
    if header.type.number == .uint8 { return dense(try payload(input, header)) }
    guard header.type.number.mayExceedSingle else {
      let numbers: [Float] = try numbers(input, header)
      try header.checkFinite(numbers, first: 0, file: input.name)
      return dense(numbers)
    }
    let numbers: [Double] = try numbers(input, header)
    try header.checkFinite(
      numbers, first: 0, file: input.name, beyond: Double(Element.greatestFiniteMagnitude))
    let exact = ExactNumbers(numbers)
    return exact.isWide ? dense(exact.doubles) : dense(exact.singles)
  }

  /// All numbers, converted piece by piece: their bytes are never there as a whole.
  static func numbers<Element: BinaryFloatingPoint>(
    _ input: Input, _ header: NPYHeader
  ) throws(FileError) -> [Element] {
    var numbers: [Element] = []
    if input.size != nil { numbers.reserveCapacity(header.payload / header.type.size) }
    var taken = 0
    while taken < header.payload {
      // Whole numbers of any type.
      let wanted = min(1 << 20, header.payload - taken)
      let bytes = try input.take(wanted)
      guard bytes.count == wanted else { throw header.cutOff(input, after: taken + bytes.count) }
      numbers += header.type.numbers(bytes)
      taken += wanted
    }
    try header.checkEnd(input)
    return numbers
  }

  /// All bytes of the numbers, and nothing behind them.
  static func payload(_ input: Input, _ header: NPYHeader) throws(FileError) -> [UInt8] {
    let bytes = try input.take(header.payload)
    guard bytes.count == header.payload else { throw header.cutOff(input, after: bytes.count) }
    try header.checkEnd(input)
    return bytes
  }

  private static func mapped(
    _ input: Input, _ header: NPYHeader, ofAll bytes: Int?
  ) throws(FileError) -> (any FeatureStorage)? {
    guard let path = input.mappablePath, header.isInRows, !header.type.isBigEndian,
      header.length % header.type.size == 0, Int(littleEndian: 1) == 1
    else { return nil }
    func storage<Stored: StoredNumber>(_: Stored.Type) throws(FileError) -> any FeatureStorage {
      try header.checkSize(input)
      let file = try MappedFile(path, count: header.length + header.payload, ofAll: bytes)
      return MappedStorage<Stored>(
        rows: header.rows, columns: header.columns, in: file, at: header.length)
    }
    switch header.type.number {
    case .uint8: return try storage(UInt8.self)
    case .float16: return try storage(Float16.self)
    case .float32: return try storage(Float.self)
    case .float64: return try storage(Double.self)
    default: return nil
    }
  }
}

/// Row after row, of what is stored column after column.
func transposed<Number>(_ numbers: [Number], _ rows: Int, _ columns: Int) -> [Number] {
  [Number](unsafeUninitializedCapacity: numbers.count) { result, count in
    // Squares of 32, so that neither side leaves the cache.
    for top in stride(from: 0, to: rows, by: 32) {
      for left in stride(from: 0, to: columns, by: 32) {
        for i in top..<min(top + 32, rows) {
          for j in left..<min(left + 32, columns) {
            (result.baseAddress! + i * columns + j).initialize(to: numbers[j * rows + i])
          }
        }
      }
    }
    count = numbers.count
  }
}
