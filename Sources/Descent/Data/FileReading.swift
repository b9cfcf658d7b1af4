/// What was said of how a file is to be read, and is true of other files of its kind: a model keeps it, so that it
/// need not be said again where rows are scored.
///
/// A model keeps columns besides: see ``ModelColumns``.
public struct FileReading: Sendable, Equatable {
  /// What separates the fields of a table, where it was given.
  public var delimiter: Character?
  /// Whether there is no header, so that a first row of numbers is data whatever it looks like.
  public var hasNoHeader: Bool
  /// Whether the indices of LIBSVM rows count from 0.
  public var isZeroBased: Bool

  public init(delimiter: Character? = nil, hasNoHeader: Bool = false, isZeroBased: Bool = false) {
    (self.delimiter, self.hasNoHeader, self.isZeroBased) = (delimiter, hasNoHeader, isZeroBased)
  }
}
