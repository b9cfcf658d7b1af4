/// Why a matrix cannot be factored, and what to do about it.
public enum FactorizationError: Error, Equatable, Sendable {
  /// The element at this row and column, counted from 0, is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// The leading minor of this order, the first `leadingMinor` rows and columns, is not positive definite;
  /// those before it are.
  case notPositiveDefinite(leadingMinor: Int, order: Int)
  /// LU found no pivot in this row, counted from 0: it is a combination of those before it.
  case singular(row: Int, order: Int)
  /// This column, counted from 0, is within the tolerance a combination of those before it.
  case rankDeficient(column: Int, columns: Int)
  /// An iteration inside this LAPACK routine stopped short, with so many values left to find.
  case notConverged(routine: String, remaining: Int)
  /// All elements are finite, but what the routine finds, such as a singular value or a column's length, is beyond the
  /// largest number.
  case overflow(routine: String)
  /// LAPACKE refused this argument of the routine, counted from 1: a defect of this library.
  case refused(routine: String, argument: Int)
  /// The routine would have to count so many rows, columns or numbers of its workspace, and LAPACK's integers end at
  /// 2³¹ − 1.
  case tooLarge(routine: String, count: Int)
  /// No memory for the routine's workspace.
  case outOfMemory(routine: String)
}

extension FactorizationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFinite(let row, let column):
      "the element at row \(row), column \(column) (from 0) is not a finite number: remove or replace it"
    case .notPositiveDefinite(let minor, let order):
      "the matrix is not positive definite: its leading minor of order \(minor) of \(order) is not "
        + "(LAPACK's potrf has info \(minor)); "
        + "add a multiple of the identity (a larger l2), or use SymmetricEigen if it may be indefinite"
    case .singular(let row, let order):
      "the matrix is singular: row \(row) (from 0) of \(order) depends linearly on the rows before it, "
        + "LAPACK's getrf has info \(row + 1); leave it out, or use SVD, whose solution of least norm exists always"
    case .rankDeficient(let column, let columns):
      "column \(column) (from 0) of \(columns) depends linearly on the columns before it: "
        + "leave it out, or use SVD, whose solution of least norm exists always"
    case .notConverged(let routine, let remaining):
      "LAPACK's \(routine) did not converge, \(remaining) values are missing: "
        + "scale the rows and columns to similar magnitudes, or compute in Double"
    case .overflow(let routine):
      "a result of LAPACK's \(routine) exceeds the largest number: scale the matrix down, or compute in Double"
    case .refused(let routine, let argument):
      "LAPACKE refused argument \(argument) of \(routine): please report this with the matrix's shape"
    case .tooLarge(let routine, let count):
      "LAPACK's \(routine) would count to \(count), beyond the \(Int32.max) of its integers: "
        + "take a part of the matrix, or values without vectors"
    case .outOfMemory(let routine):
      "no memory for the workspace of LAPACK's \(routine): use fewer columns, or Float for Double"
    }
  }
}

extension FactorizationError {
  /// Throws what LAPACK's `info` says: nothing for 0; `meaning` of a positive one, which differs from
  /// routine to routine; the refused argument for a negative one.
  static func check(
    _ info: Int, _ routine: String, _ meaning: (Int) -> FactorizationError
  ) throws(FactorizationError) {
    switch info {
    case 0: return
    case 1...: throw meaning(info)
    case -1010, -1011: throw .outOfMemory(routine: routine)  // LAPACK_(WORK|TRANSPOSE)_MEMORY_ERROR
    default: throw .refused(routine: routine, argument: -info)
    }
  }
  /// Throws where LAPACK's integers of 32 bits cannot count the rows, the columns or the workspace.
  static func checkSize(
    _ routine: String, _ rows: Int, _ columns: Int, workspace: Double = 0
  ) throws(FactorizationError) {
    let (most, limit) = (max(rows, columns), Int(Int32.max))
    guard most <= limit else { throw .tooLarge(routine: routine, count: most) }
    guard workspace <= Double(limit) else { throw .tooLarge(routine: routine, count: Int(workspace)) }
  }
}
