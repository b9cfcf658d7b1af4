/// What was said of how a file is to be read, and is true of other files of its kind: a model keeps it, so that it
/// need not be said again where rows are scored.
///
/// A model keeps columns besides: see ``ModelColumns``.
public struct FileReading: Sendable, Equatable {
  public var delimiter: Character?
  /// Whether there is no header, so that a first row of numbers is data whatever it looks like.
  public var hasNoHeader = false
  /// Whether the indices of LIBSVM rows count from 0.
  public var isZeroBased = false

  public init(
    delimiter: Character? = nil, hasNoHeader: Bool = false, isZeroBased: Bool = false
  ) {
    (self.delimiter, self.hasNoHeader, self.isZeroBased) = (delimiter, hasNoHeader, isZeroBased)
  }

  /// What was asked for of a file to train on.
  public init(_ options: DataOptions) {
    var hasNoHeader = false
    if case .absent = options.header { hasNoHeader = true }
    self.init(
      delimiter: options.delimiter, hasNoHeader: hasNoHeader, isZeroBased: options.isZeroBased ?? false)
  }

  /// From a model's notes. What makes no sense in them is left out.
  public init(notes: [String: String]) {
    let delimiter = notes["delimiter"].flatMap { $0.count == 1 ? $0.first : nil }
    self.init(
      delimiter: delimiter.flatMap { DataOptions.canSeparateFields($0) ? $0 : nil },
      hasNoHeader: notes["header"] == "no", isZeroBased: notes["zero_based"] == "true")
  }

  /// As a model's notes.
  public var notes: [String: String] {
    var notes: [String: String] = [:]
    notes["delimiter"] = delimiter.map { String($0) }
    if hasNoHeader { notes["header"] = "no" }
    if isZeroBased { notes["zero_based"] = "true" }
    return notes
  }
}
