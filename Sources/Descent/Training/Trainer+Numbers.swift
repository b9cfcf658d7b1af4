internal import Foundation
internal import LinearAlgebra

extension Trainer {
  /// ``check(_:)``, and that every number of the features is finite and fits the precision that models are to be
  /// trained in, scaled as it will be.
  public func checkAll<Element: KernelScalar>(
    _ data: Dataset, as type: Element.Type = Double.self
  ) throws(TrainingError) {
    try check(data)
    let (rows, indices) = countingRows(of: data)
    try checkNumbers(rows, at: indices, as: type)
  }

  /// That every number of the features is finite and fits the precision.
  ///
  /// - Parameter indices: where the rows are, for who asks; nil where they are all there are.
  func checkNumbers(
    _ data: Dataset, at indices: [Int]?, as type: any KernelScalar.Type, among ranks: Ranks? = nil
  ) throws(TrainingError) {
    let isSingle = type == Float.self
    var most = isSingle ? Double(Float.greatestFiniteMagnitude) : Double.greatestFiniteMagnitude
    if case .factor(let factor) = scaling, factor > 1 { most /= factor }
    // Where the moments are going to be asked for, the walk for them tells it; and ranks share it.
    let isShared = ranks != nil && !data.features.holdsBytes && !(data.features is SparseStorage)
    if isShared || isScaledByMoments(data) { _ = ColumnMoments.of(data.features, among: ranks) }
    if loss.link == .logarithm, let row = data.offsets?.firstIndex(where: { $0 > log(most) - 8 }) {
      let offset = data.offsets![row]
      let fitsDouble = isSingle && offset < log(Double.greatestFiniteMagnitude) - 8
      throw .rowNumbers(.largeOffset(row: indices?[row] ?? row, offset, fitsDouble: fitsDouble))
    }
    let unfit = data.features.firstUnfit(beyond: most)
    if let failure = data.features.failure { throw .lost(failure) }
    guard let (row, column) = unfit else { return }
    let name = data.featureNames.isEmpty ? nil : data.featureNames[column]
    var numbers = [Double](repeating: 0, count: data.columns)
    var span = numbers.mutableSpan
    data.features.read(row..<row + 1, into: &span)
    let place = indices?[row] ?? row
    if let what = NonFinite(numbers[column]) {
      throw .nonFinite(row: place, column: column, name: name, what)
    }
    throw .tooLarge(row: place, column: column, name: name, isSingle: isSingle)
  }

  private func isScaledByMoments(_ data: Dataset) -> Bool {
    guard earlyStopping == nil, data.weights == nil, !(data.features is SparseStorage) else { return false }
    return scaling == .standard || (scaling == .automatic && !data.features.holdsBytes)
  }

  /// A model is worth nothing where its parameters, its objective or the bound on it are not numbers. One that diverged
  /// says so by itself.
  func checkFinite<Element: KernelScalar>(_ fit: Fit<Element>, _ data: Dataset) throws(TrainingError) {
    let finite = [
      ("a parameter", fit.model.parameters.allSatisfy(\.isFinite)), ("the objective", fit.objective.isFinite),
      ("the bound on the objective", fit.certificate.map { !$0.lowerBound.isNaN } ?? true),
    ]
    guard fit.stopReason != .diverged, let what = finite.first(where: { !$0.1 })?.0 else { return }
    var remedy = "bring the features nearer to 1"
    if case .values(let values, _) = data.targets, values.contains(where: { !($0 * $0 * 1e10).isFinite }) {
      remedy = "the targets' squares are beyond all numbers: scale the targets down"
    } else if Element.self == Float.self {
      remedy = "train in double precision"
    }
    throw .overflow(what: what, remedy: remedy)
  }
}
