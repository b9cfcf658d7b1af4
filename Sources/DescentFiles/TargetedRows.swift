public import Descent
internal import LinearAlgebra

/// The rows of a file with their targets, for who looks at each once.
public enum TargetedRows {
  /// Block by block, in memory that does not grow with the file.
  case stream(any RowStream<Double>)
  /// All of them, where the targets are in a file of their own.
  case whole(Dataset)
}

extension DataFile {
  /// The rows of the file at `path` with their targets for a model of numbers of `type`, as a stream where the format has
  /// both together.
  ///
  /// What `read` gives and refuses they are and refuse too: no number is rounded, one that `type` cannot hold is an error,
  /// and so is a file without rows. A stream needs ``DataOptions/model``.
  public static func targetedRows<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type = Float.self, progress: ReadProgress? = nil
  ) throws(FileError) -> TargetedRows {
    require(!options.ignoresTargets, "rows with targets, and options that ignore them")
    var streamed = options
    (streamed.isForAll, streamed.refusesBeyondSingle) = (true, Element.self == Float.self)
    if options.query != nil {
      return .stream(try stream(path, streamed, as: Double.self, progress: progress))
    }
    let (file, format) = try open(path, options, progress)
    return try file.naming { () throws(FileError) in
      guard format.reader.streamsTargets else {
        return .whole(try format.reader.read(file, options, as: type))
      }
      return .stream(file.naming(try format.reader.stream(file, streamed, as: Double.self)))
    }
  }
}
