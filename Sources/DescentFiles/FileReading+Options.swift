internal import Descent

extension FileReading {
  /// What was asked for of a file to train on.
  init(_ options: DataOptions) {
    var hasNoHeader = false
    if case .absent = options.header { hasNoHeader = true }
    self.init(
      delimiter: options.delimiter, hasNoHeader: hasNoHeader, isZeroBased: options.isZeroBased ?? false)
  }
}
