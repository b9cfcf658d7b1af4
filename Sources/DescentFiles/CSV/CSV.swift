public import Descent
public import LinearAlgebra

/// Reads tables of numbers: fields separated by commas, tabs or another character.
///
/// Fields may stand in quotes, lines end by LF or CR LF, and blank lines count for nothing. Every cell but
/// the label's is a finite decimal number; anything else is an error that names line, column and header.
public enum CSV {
  /// Reads all rows.
  ///
  /// Features are `[rows, features]` in `Element`. A decimal is rounded to `Double`, and from there to
  /// `Float`: where it almost lies in the middle of two floats that can give the farther of the two, which is
  /// then at a distance of half a unit and a few billionths of it more.
  ///
  /// - Throws: ``FileError``, `badData` for the first row that is not as it should be.
  /// - Complexity: One pass over the bytes. Memory for the features and the longest row.
  public static func read<Element: Scalar & StoredNumber>(
    _ input: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    require(!options.ignoresTargets, "a data set needs targets; stream the rows without them")
    let reader = try CSVReader(input, options)
    var targets = CSVTargets(options)
    let features = CSVFeatures<Element>(reader)
    while try reader.next() {
      try features.append()
      try targets.append(from: reader)
      if reader.rows == 64, let size = input.size { features.reserve(rows: reader.expectedRows(size: size)) }
    }
    let (labels, names) = targets.finished()
    let storage = DenseStorage(
      rows: reader.rows, columns: reader.layout.features, elements: features.take()[...])
    var data = Dataset(
      features: storage, targets: labels, classNames: names, featureNames: reader.layout.featureNames)
    data.labelColumn = reader.layout.labelColumn
    return data
  }
}
