public import Descent
public import LinearAlgebra

/// Rows of a file that come block by block, in memory that does not grow with the file.
///
/// ```swift
/// let stream = try DataFile.stream("-", DataOptions(target: .ignored, model: columns), as: Float.self)
/// while let block = try stream.next(64) { print(scores(block.features)) }
/// ```
public protocol RowStream<Element>: AnyObject {
  /// What features are given as, `Float` or `Double`, whatever the file stores.
  associatedtype Element: KernelScalar & StoredNumber

  /// The next `count` rows, fewer at the end alone, nil after it.
  ///
  /// Waits until it has them: what is scored together then does not depend on how a pipe delivers.
  ///
  /// - Throws: ``FileError`` at the first row that is not as it should be; no rows follow it.
  func next(_ count: Int) throws(FileError) -> RowBlock<Element>?

  /// Whether the rows come sparse.
  var isSparse: Bool { get }
  /// Whether the file names its columns.
  var hasHeader: Bool { get }
  /// The names of the columns that are kept (``DataOptions/keeps``), or their numbers where they have none.
  var keptNames: [String] { get }
}

extension RowStream {
  public var isSparse: Bool { false }
  public var hasHeader: Bool { false }
  public var keptNames: [String] { [] }
}

/// Rows that follow one another in a file.
public struct RowBlock<Element: KernelScalar>: Sendable {
  /// The number of the first row, from 0.
  public var firstRow: Int
  /// The rows as they came where the file holds sparse rows.
  public var sparse: SparseRows<Element>?
  /// A target a row; nil where the targets are ignored.
  public var targets: Targets?
  /// Each row's cells of the columns that are kept, as they stand in the file; none where no column is.
  public var kept: [[String]] = []
  /// What each row counts for: see `Dataset.weights`.
  public var weights: [Double]?
  /// What is added to each row's score: see `Dataset.offsets`.
  public var offsets: [Double]?
  private let dense: Matrix<Element>

  init(firstRow: Int, features: Matrix<Element>, targets: Targets?) {
    (self.firstRow, dense, self.targets) = (firstRow, features, targets)
  }

  init(firstRow: Int, sparse: SparseRows<Element>, targets: Targets?) {
    (self.firstRow, self.sparse, self.targets) = (firstRow, sparse, targets)
    dense = Matrix(rows: 0, columns: 0)
  }

  /// At most as many as were asked for. Sparse rows are counted, and not written out.
  public var rows: Int { sparse?.rows ?? dense.rows }

  /// `[rows, features]`. Sparse rows are written out each time: better look at ``sparse`` first.
  public var features: Matrix<Element> { sparse?.dense ?? dense }
}
