/// What was said of how a file is to be read, or found, and is true of other files of its kind: a model keeps it, so that it
/// need not be said again where rows are scored.
///
/// A model keeps columns besides: see ``ModelColumns``.
public struct FileReading: Sendable, Equatable {
  /// How a table is written, where it is not as most are.
  public var form: TableForm
  /// Whether there is no header, so that a first row of numbers is data whatever it looks like.
  public var hasNoHeader: Bool
  /// Whether the indices of LIBSVM rows count from 0.
  public var isZeroBased: Bool

  /// By default as most files are: no form was said, a first row may be a header, and LIBSVM's indices count from 1.
  public init(form: TableForm = TableForm(), hasNoHeader: Bool = false, isZeroBased: Bool = false) {
    (self.form, self.hasNoHeader, self.isZeroBased) = (form, hasNoHeader, isZeroBased)
  }
}
