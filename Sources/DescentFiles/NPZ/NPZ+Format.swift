internal import Descent
internal import LinearAlgebra

extension NPZ: DataFormat {
  static var name: String { "NPZ" }
  static var endings: [String] { ["npz"] }
  static var mayLackNumbers: Bool { true }

  static func begins(_ input: Input) throws(FileError) -> Bool { try input.begins(with: ZipArchive.magic) }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    let labels = options.labelsPath == nil ? nil : try labels(of: file, options)
    return try read(
      file.input, member: file.place.member, labels: labels, options, as: type, progress: file.progress)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try stream(file.input, member: file.place.member, options, progress: file.progress, as: type)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    let archive = try NPZArchive(file.input, options, progress: file.progress)
    let features = try archive.features(file.place.member)
    var rows = try NPY.convertible(try archive.input(features, isFeatures: true), options, labels: nil)
    if options.label != .absent, archive.hasLabels(besides: features) {
      rows.labels = .apart(try archive.input(try archive.labels(nil, besides: features)))
    }
    return rows
  }
}
