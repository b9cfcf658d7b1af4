import Descent
public import LinearAlgebra

/// Writes rows as LIBSVM text, indices from 1, numbers in as few digits as read back the same.
///
/// ```swift
/// try AtomicFile.write("digits.svm") { file in
///   let writer = LIBSVMWriter(file)
///   while let block = try stream.next(64) { try writer.write(block) { names[$0] } }
/// }
/// ```
public struct LIBSVMWriter {
  private let file: OutputFile

  public init(_ file: OutputFile) { self.file = file }

  /// Adds a row. Zeros are left out; `numbers` are `(column from 0, value)` by ascending column.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`.
  public func write(
    label: String, _ numbers: some Sequence<(column: Int, value: some Scalar)>
  ) throws(FileError) {
    var line = label
    for (column, value) in numbers where value != 0 { line += " \(column + 1):\(value)" }
    try file.write(line + "\n")
  }

  /// Adds the rows of a block; `label` gives the text for a class's number. Numbers to regress on are written as they
  /// are; rows without targets get the label 0.
  public func write<Element: Scalar>(
    _ block: RowBlock<Element>, label: (Int) -> String = { "\($0)" }
  ) throws(FileError) {
    for row in 0..<block.rows {
      let text =
        switch block.targets {
        case .labels(let labels)?: label(Int(labels[labels.startIndex + row]))
        case .values(let values, let width)?: "\(values[values.startIndex + row * width])"
        case nil: "0"
        }
      if let sparse = block.sparse {
        let range = sparse.starts[row]..<sparse.starts[row + 1]
        try write(label: text, range.lazy.map { (column: Int(sparse.indices[$0]), value: sparse.values[$0]) })
      } else {
        let numbers = block.features[row: row]
        try write(label: text, numbers.enumerated().lazy.map { (column: $0.offset, value: $0.element) })
      }
    }
  }
}
