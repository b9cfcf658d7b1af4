import Descent
import Foundation
import LinearAlgebra
import Testing

/// Against scikit-learn's cross_val_score on the same folds: `Tests/References/cross_validation.py`.
@Suite("Losses of folds that others measured too")
struct CrossValidationReferenceTests {
  private let x = (0..<40).map { i -> [Double] in
    let t = Double(i)
    return [sin(t * 1.7), cos(t * 0.9) + 0.3 * sin(t), Double(i * 7 % 11) / 5 - 1]
  }
  private let groups = (0..<40).map { Int32($0 * 3 % 4) }

  private var classes: Dataset {
    let labels = x.enumerated().map { i, x -> Int32 in
      x[0] + 0.8 * x[1] - 0.5 * x[2] + sin(Double(i) * 2.3) > 0 ? 1 : 0
    }
    return Dataset(features: Matrix(x).storage, targets: .labels(labels[...]), classNames: ["no", "yes"])
  }

  private var numbers: Dataset {
    let values = x.enumerated().map { i, x in
      2 + 1.5 * x[0] - 0.7 * x[1] + 0.2 * x[2] + 0.6 * sin(Double(i) * 3.1)
    }
    return Dataset(features: Matrix(x).storage, targets: .values(values))
  }

  /// The means for strengths of 0.3, 0.03 and 0.003, and the folds of the first in rising order.
  private func expect(
    _ data: Dataset, _ loss: any Loss, _ penalty: (Double) -> any Penalty, _ metric: Metric? = nil,
    means: [Double], folds: [Double]
  ) throws {
    let rows = try [0.3, 0.03, 0.003].map { strength in
      let trainer = Trainer(
        loss: loss, penalty: penalty(strength), solver: Automatic(tolerance: 1e-12), scaling: .standard)
      let search = CrossValidation(trainer, over: nil, folds: Folds(4, .groups(groups)), metric: metric)
      return try search.choose(for: data, as: Double.self).table.rows[0]
    }
    #expect(zip(rows.map(\.mean), means).allSatisfy { abs($0 - $1) < 1e-7 }, "\(rows.map(\.mean))")
    let found = rows[0].measures.sorted()
    #expect(zip(found, folds.sorted()).allSatisfy { abs($0 - $1) < 1e-7 }, "\(found)")
  }

  @Test func logistic() throws {
    try expect(
      classes, Logistic(), { L2($0) }, means: [0.5501351772763372, 0.45116829042011886, 0.4732013272972051],
      folds: [0.46071545695659494, 0.4804119229503008, 0.5604966325776276, 0.6989166966208256])
    try expect(
      classes, Logistic(), { L2($0) }, .rocAUC, means: [0.90625, 0.8943452380952381, 0.930059523809524],
      folds: [1, 0.9583333333333334, 0.9047619047619049, 0.7619047619047619])
    try expect(
      classes, Logistic(), { L2($0) }, .accuracy, means: [0.75, 0.725, 0.75], folds: [0.9, 0.8, 0.8, 0.5])
  }

  @Test func squared() throws {
    try expect(
      numbers, SquaredError(), { L1($0) },
      means: [0.26970467819562416, 0.1715397109508296, 0.16933795433104243],
      folds: [0.24138257702450003, 0.4235346730532649, 0.25543018069331197, 0.1584712820114199])
    try expect(
      numbers, SquaredError(), { L2($0) }, .rootMeanSquaredError,
      means: [0.6338519268578715, 0.5806116867865004, 0.5810132442697863],
      folds: [0.6028700577115299, 0.799873908345937, 0.644063263238986, 0.48860047813503266])
  }
}
