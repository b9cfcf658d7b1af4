public import LinearAlgebra

extension Trainer {
  /// ``check(_:)``, and that every number of the features is finite and fits the precision that models are to be
  /// trained in, scaled as it will be.
  public func checkAll<Element: Scalar>(
    _ data: Dataset, as type: Element.Type = Double.self
  ) throws(TrainingError) {
    try check(data)
    var most = Double(Element.greatestFiniteMagnitude)
    if case .factor(let factor) = scaling, factor > 1 { most /= factor }
    let unfit = data.features.firstUnfit(beyond: most)
    if let failure = data.features.failure { throw .lost(failure) }
    guard let (row, column) = unfit else { return }
    let name = data.featureNames.isEmpty ? nil : data.featureNames[column]
    var numbers = [Double](repeating: 0, count: data.columns)
    var span = numbers.mutableSpan
    data.features.read(row..<row + 1, into: &span)
    guard numbers[column].isFinite else { throw .nonFinite(row: row, column: column, name: name) }
    throw .tooLarge(row: row, column: column, name: name, isSingle: Element.self == Float.self)
  }

  /// A model is worth nothing where its parameters, its objective or the bound on it are not numbers. One that diverged
  /// says so by itself.
  func checkFinite<Element: Scalar>(_ fit: Fit<Element>) throws(TrainingError) {
    guard fit.stopReason != .diverged else { return }
    let isSingle = Element.self == Float.self
    if !fit.model.parameters.allSatisfy(\.isFinite) {
      throw .overflow(what: "a parameter", isSingle: isSingle)
    }
    if !fit.objective.isFinite { throw .overflow(what: "the objective", isSingle: isSingle) }
    if fit.certificate?.gap.isNaN ?? false { throw .overflow(what: "the bound", isSingle: isSingle) }
  }
}
