public import Descent
internal import LinearAlgebra

/// Reads NumPy's archives: arrays under names, in a zip file, stored as they are or deflated.
///
/// The features are called `x`, `X`, `features`, `data`, `images`, `x_train` or `arr_0`, and the labels `y`, `labels`, `target`,
/// `y_train` or `arr_1`, unless they are named; an array that stands alone may have any name. Members are inflated as they
/// are read; their sizes are checked against the archive before memory is taken.
public enum NPZ {
  /// Reads features `[rows, features]` and labels `[rows]`.
  ///
  /// They are read as ``NPY`` reads a file that is not mapped.
  ///
  /// - Parameters:
  ///   - type: what numbers are read as.
  ///   - progress: told how far the reading is.
  ///   - options: how the file is read.
  ///   - input: the archive.
  ///   - member: The name of the features.
  ///   - labels: The file of labels; an array of the same archive where it is nil.
  /// - Throws: ``FileError``, `badData` where the archive is damaged, an array is missing or the two do not fit.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ input: Input, member: String? = nil, labels: Input? = nil, _ options: DataOptions = DataOptions(),
    as type: Element.Type = Float.self, progress: ReadProgress? = nil
  ) throws(FileError) -> Dataset {
    let archive = try NPZArchive(input, options, progress: progress)
    let features = try archive.features(member)
    let rows = try archive.input(features, isFeatures: true)
    if let labels { return try NPY.read(rows, labels: labels, options, as: type) }
    let own = try archive.input(try archive.labels(nil, besides: features))
    return try NPY.read(rows, labels: own, options, as: type)
  }

  /// The rows of an archive's features, block by block, without their labels.
  static func stream<Element: KernelScalar & StoredNumber>(
    _ input: Input, member: String?, _ options: DataOptions, progress: ReadProgress?, as type: Element.Type
  ) throws(FileError) -> NPYRowStream<Element> {
    let archive = try NPZArchive(input, options, progress: progress)
    return try NPYRowStream(try archive.input(try archive.features(member), isFeatures: true), options)
  }
}
