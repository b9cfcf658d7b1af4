internal import Descent

extension FileReading {
  /// What was asked for of a file to train on, and the form in which it was found.
  init(_ options: DataOptions, form: TableForm) {
    self.init(
      form: form, hasNoHeader: options.header == .absent, isZeroBased: options.isZeroBased ?? false)
  }
}
