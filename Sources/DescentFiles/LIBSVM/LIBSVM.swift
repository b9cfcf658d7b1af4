public import Descent
internal import LinearAlgebra

/// Reads and writes sparse rows of text, as LIBSVM and LIBLINEAR do: `label index:value index:value ...`.
///
/// Indices ascend within a row and count from 1, or from 0 where `options.isZeroBased` or their model says so. A `#` starts a comment;
/// blank lines count for nothing; lines end by LF or CR LF. A label is a number: the name of a class, or what to
/// regress on. Anything else is an error that names line and column.
public enum LIBSVM {
  /// Reads all rows into compressed rows: Floats where each value is one, and else Doubles. A value that `type` cannot hold
  /// is an error.
  ///
  /// There are as many features as the highest index says, or as the model of `options` takes.
  ///
  /// - Throws: ``FileError``, `badData` for the first row that is not as it should be.
  /// - Complexity: One pass over the bytes, on several threads. Memory for the nonzeros and some megabytes, or for the
  ///   longest lines.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    try read(input, options, as: type, chunkSize: RecordSplitter.chunkSize)
  }

  static func read<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ options: DataOptions, as type: Element.Type, chunkSize: Int
  ) throws(FileError) -> Dataset {
    require(!options.ignoresTargets, "a data set needs targets; stream the rows without them")
    return try LIBSVMParts(input, options, isSingle: Element.self == Float.self).read(chunkSize: chunkSize)
  }

  static func noRows(_ file: String) -> FileError {
    FileError(.badData, file, "has no rows", remedy: "check that it is the right file")
  }
}
