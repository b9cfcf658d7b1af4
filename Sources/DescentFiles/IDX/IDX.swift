public import Descent
internal import LinearAlgebra

/// Reads the format of MNIST: rows of numbers, such as images, in one file and their labels in another.
public enum IDX {
  /// Reads images and their labels.
  ///
  /// Features are `[rows, features]`, a row's numbers in their order; bytes stay bytes, other numbers
  /// become Floats where each is one, and else Doubles. Three dimensions are images of one channel. Classes are named by their numbers.
  ///
  /// - Throws: ``FileError``, `badData` where a file is not whole or the two do not fit.
  /// - Complexity: One pass over the bytes, and memory for them.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ images: Input, labels: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    let header = try imageHeader(images, options)
    let (targets, names) = try LabelFile.read(labels, rows: header.rows, of: images.name, options)
    let bytes = try images.take(header.payload)
    guard bytes.count == header.payload else { throw header.cutOff(images, after: bytes.count) }
    try header.checkEnd(images)
    return Dataset(
      features: try storage(header, bytes, images.name, as: type), targets: targets, classNames: names,
      imageShape: header.imageShape)
  }

  private static func storage<Element: KernelScalar & StoredNumber>(
    _ header: IDXHeader, _ bytes: [UInt8], _ file: String, as type: Element.Type
  ) throws(FileError) -> any FeatureStorage {
    if header.type == .uint8 {
      return DenseStorage(rows: header.rows, columns: header.columns, elements: bytes[...])
    }
    let numbers: [Double] = header.numbers(bytes)
    try header.checkFinite(numbers, first: 0, file: file, beyond: Double(Element.greatestFiniteMagnitude))
    return ExactNumbers(numbers).storage(rows: header.rows, columns: header.columns)
  }

  /// Reads the header of a file of rows and checks it against the model.
  static func imageHeader(_ input: Input, _ options: DataOptions) throws(FileError) -> IDXHeader {
    let header = try IDXHeader(input)
    func failure(_ problem: String, _ remedy: Phrase) -> FileError {
      FileError(.badData, input.name, at: .byte(4), problem, remedy: remedy)
    }
    guard header.dimensions.count > 1 else {
      throw failure(
        "holds one number a row, as labels do, and not images",
        "give the images first and the labels by \(.labels)")
    }
    if let model = options.model, model.features != header.columns {
      throw failure(
        "\(counted(header.columns, "number")) a row do not fit the model, which takes "
          + counted(model.features, "feature"), "give images of the shape it was trained on")
    }
    return header
  }
}

extension IDXHeader {
  var imageShape: ImageShape? {
    switch dimensions.count {
    case 3: ImageShape(height: dimensions[1], width: dimensions[2])
    case 4: ImageShape(height: dimensions[1], width: dimensions[2], channels: dimensions[3])
    default: nil
    }
  }
}
