public import Descent
internal import LinearAlgebra

/// The rows of a LIBSVM file, block by block, sparse.
public final class LIBSVMRowStream<Element: KernelScalar & StoredNumber>: RowStream {
  private var reader: LIBSVMReader
  private var targets: LIBSVMTargets
  private let features: Int
  /// Why the row after those that were given last is none.
  private var pending: FileError?

  /// `options.model` must tell the number of features: without one it is known only at the end.
  public init(_ input: Input, _ options: DataOptions, as type: Element.Type = Element.self) throws(FileError)
  {
    guard let model = options.model else {
      throw FileError(.badData, input.name, "the number of features of LIBSVM rows is known only at the end")
    }
    features = model.features
    reader = try LIBSVMReader(input, options, isSingle: Element.self == Float.self)
    targets = LIBSVMTargets(options)
  }

  public var isSparse: Bool { true }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    if let pending { throw pending }
    let firstRow = reader.rows
    var rows = 0
    do throws(FileError) {
      while rows < count, try reader.next() {
        try targets.append(from: reader)
        rows += 1
      }
    } catch {
      // The rows before it are sound, and are given first.
      guard rows > 0 else { throw error }
      pending = error
    }
    guard rows > 0 else { return nil }
    let all = reader.take()
    // The reader may have read a row whose label is none.
    let starts = [0] + all.ends.prefix(rows).map { Int($0) }
    let end = starts[rows]
    let sparse = SparseRows(
      starts: starts, indices: Array(all.indices[..<end]), values: all.values[..<end].map { Element($0) },
      columns: features)
    return RowBlock(firstRow: firstRow, sparse: sparse, targets: targets.takeBlock())
  }
}
