public import Descent
public import LinearAlgebra

/// Rows of a file that come block by block, in memory that does not grow with the file.
///
/// ```swift
/// let stream = try DataFile.stream("-", DataOptions(target: .ignored, model: columns), as: Float.self)
/// while let block = try stream.next(64) { print(scores(block.features)) }
/// ```
public protocol RowStream<Element>: AnyObject {
  associatedtype Element: Scalar & StoredNumber

  /// The next `count` rows, fewer at the end alone, nil after it.
  ///
  /// Waits until it has them: what is scored together then does not depend on how a pipe delivers.
  ///
  /// - Throws: ``FileError`` at the first row that is not as it should be; no rows follow it.
  func next(_ count: Int) throws(FileError) -> RowBlock<Element>?
}

/// Rows that follow one another in a file.
public struct RowBlock<Element: Scalar>: Sendable {
  /// The number of the first row, from 0.
  public var firstRow: Int
  /// `[rows, features]`
  public var features: Matrix<Element>
  /// A target a row; nil where the targets are ignored.
  public var targets: Targets?
}
