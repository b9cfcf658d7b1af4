public import Descent
public import LinearAlgebra

/// Reads and writes sparse rows of text, as LIBSVM and LIBLINEAR do: `label index:value index:value ...`.
///
/// Indices ascend within a row and count from 1, or from 0 where `options.isZeroBased`. A `#` starts a comment;
/// blank lines count for nothing; lines end by LF or CR LF. A label is a number: the name of a class, or what to
/// regress on. Anything else is an error that names line and column.
public enum LIBSVM {
  /// Reads all rows into compressed rows.
  ///
  /// There are as many features as the highest index says, or as the model of `options` takes.
  ///
  /// - Throws: ``FileError``, `badData` for the first row that is not as it should be.
  /// - Complexity: One pass over the bytes. Memory for the nonzeros and the longest line.
  public static func read<Element: Scalar & StoredNumber>(
    _ input: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    require(!options.ignoresTargets, "a data set needs targets; stream the rows without them")
    let reader = try LIBSVMReader(input, options, isSingle: Element.self == Float.self)
    var targets = LIBSVMTargets(options)
    while try reader.next() { try targets.append(from: reader) }
    let (labels, names) = targets.finished()
    let rows = reader.take()
    let columns = options.model?.features ?? rows.columns
    let values: SparseStorage.Values =
      Element.self == Float.self ? .float(rows.values.map { Float($0) }) : .double(rows.values)
    return Dataset(
      features: SparseStorage(columns: columns, starts: rows.starts, indices: rows.indices, values: values),
      targets: labels, classNames: names)
  }
}
