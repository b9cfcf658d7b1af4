internal import Foundation
internal import LinearAlgebra

/// A model and the rows that it was trained on, checked: what an ``Inference`` is made of.
struct Estimation {
  private let model: TrainedModel<Double>
  private let linear: LinearModel
  private let loss: any EstimatingLoss
  private let kind: Inference.Covariance
  /// Those that count.
  private let data: Dataset
  private let rowLoss: RowLoss
  private let l2: Double
  /// Features' spreads in the units that the penalty sees: weights times these are penalised.
  private let spreads: [Double]

  /// A few matrices of this order are some gigabytes.
  private static var mostCoefficients: Int { 8192 }

  init(of model: TrainedModel<Double>, on data: Dataset, _ kind: Inference.Covariance) throws(InferenceError)
  {
    (self.model, self.kind) = (model, kind)
    guard let linear = model.architecture as? LinearModel else { throw .notLinear }
    guard let loss = model.loss as? any EstimatingLoss else { throw .loss(model.lossName) }
    if loss.noise == nil, kind == .information { throw .noLikelihood(model.lossName) }
    if loss.task == .regression, linear.outputs > 1 { throw .severalNumbers(linear.outputs) }
    (self.linear, self.loss) = (linear, loss)
    do throws(RowNumberError) { try data.checkRowNumbers() } catch { throw .rowNumbers(error) }
    self.data = try model.provenance.counting(data, kind)
    if loss.task == .classification, case .values = self.data.targets {
      throw .targets(.wrongKind(loss: loss.name, wanted: "labels for standard errors, not shares of classes"))
    }
    do throws(TargetError) { try loss.check(self.data.targets, columns: linear.outputs) } catch {
      throw .targets(error)
    }
    if let (row, column) = self.data.features.firstNonFinite { throw .nonFinite(row: row, column: column) }
    rowLoss = RowLoss(
      loss, self.data.targets, columns: linear.outputs, weights: self.data.weights, offsets: self.data.offsets
    )
    l2 = try model.provenance.ridge()
    spreads = l2 > 0 ? model.spreads(on: self.data) : []
    if kind == .clustered {
      guard let groups = self.data.groups else { throw .noClusters }
      if Set(groups).count < 2 { throw .oneCluster }
    }
  }

  /// What the rows count for together: the objective's mean is over that.
  private var total: Double { rowLoss.total }

  private func sum(_ columns: DesignColumns) -> EstimatedSum {
    EstimatedSum(
      features: data.features, rows: rowLoss, loss: loss, columns: columns,
      strengths: spreads.map { total * l2 * $0 * $0 })
  }

  func inference(level: Double) throws(InferenceError) -> Inference {
    var estimated = sum(
      DesignColumns(units, features: linear.inputs, hasIntercept: linear.hasIntercept))
    if l2 == 0, let constant = (0..<linear.inputs).first(where: { !estimated.columns.kept.contains($0) }) {
      throw .constant(column: name(constant))
    }
    guard estimated.count <= Self.mostCoefficients else {
      throw .tooManyCoefficients(estimated.count, most: Self.mostCoefficients)
    }
    let start = try start(&estimated)
    try checkRows(start)
    let null = try nullSum()
    let optimum = try estimated.optimum(from: start, null: null)
    let excess = start.expansion.value - optimum.expansion.value
    let allowed = max(1e-3 * optimum.expansion.value, 2 * total * (model.provenance.gap ?? 0))
    if excess > allowed + 1e-24 * null {
      throw .notOptimal(start.expansion.value / total, least: optimum.expansion.value / total)
    }
    return try Estimate(
      sum: estimated, optimum: optimum, null: null, groups: data.groups, kind: kind, l2: l2
    ).inference(start: start.β, level: level)
  }

  /// Standard ones, and of sparse rows too: their columns are centred where they are summed up.
  private var units: Scaling {
    let units = Scaling.standard(
      of: data.features, weights: data.weights, hasIntercept: linear.hasIntercept)
    guard linear.hasIntercept, let sparse = data.features as? SparseStorage,
      case .each(_, let factors) = units
    else { return units }
    let means = ColumnMoments.of(sparse, weights: data.weights).means
    return .each(shifts: zip(means, factors).map { $1 == 0 ? 0 : $0 }, factors: factors)
  }

  /// The point that the model's weights are, without columns of categories' first ones where the others tell them.
  private func start(_ estimated: inout EstimatedSum) throws(InferenceError) -> Optimum {
    while true {
      let columns = estimated.columns
      let β = (0..<estimated.blocks).flatMap {
        columns.scaled(weights: weights($0, estimated), bias: bias($0, estimated))
      }
      do throws(DependentColumn) { return try estimated.point(at: β) } catch {
        let coefficients = estimated.count
        guard rowLoss.rows > coefficients else { throw .tooFewRows(rowLoss.rows, coefficients: coefficients) }
        guard let feature = columns.feature(of: error.column) else { throw .notConverged }
        guard let group = categories(with: feature), Set(group).isSubset(of: columns.kept) else {
          throw .dependent(column: name(feature))
        }
        estimated.columns.drop(group[0], toldBy: Array(group.dropFirst()))
      }
    }
  }

  private func weights(_ block: Int, _ sum: EstimatedSum) -> [Double] {
    let all = model.parameters
    return (0..<linear.inputs).map { j in
      all[(block + sum.held) * linear.inputs + j] - (sum.held == 1 ? all[j] : 0)
    }
  }

  private func bias(_ block: Int, _ sum: EstimatedSum) -> Double {
    let biases = linear.biases.lowerBound
    return model.parameters[biases + block + sum.held] - (sum.held == 1 ? model.parameters[biases] : 0)
  }

  /// The features of the column of categories that a feature is one of.
  private func categories(with feature: Int) -> [Int]? {
    var start = 0
    for column in model.columns.table?.columns ?? [] {
      let range = start..<start + column.features
      if range.contains(feature) { return column.categories == nil ? nil : Array(range) }
      start = range.upperBound
    }
    return nil
  }

  private func name(_ feature: Int) -> String {
    model.featureNames.isEmpty ? "x\(feature + 1)" : model.featureNames[feature]
  }

  /// That the rows are those that the model was trained on, as far as their loss tells.
  private func checkRows(_ start: Optimum) throws(InferenceError) {
    guard let trained = model.provenance.trainingLoss else { return }
    let loss = start.expansion.loss / total
    guard abs(loss - trained) <= 1e-5 * max(abs(loss), abs(trained)) + 1e-12 else {
      throw .otherRows(loss: loss, trainingLoss: trained, heldOut: model.provenance.heldOutRows)
    }
  }

  /// The least sum of losses with an intercept alone, or without that.
  private func nullSum() throws(InferenceError) -> Double {
    let alone = sum(DesignColumns(interceptAlone: linear.hasIntercept))
    let start: Optimum
    do throws(DependentColumn) {
      start = try alone.point(at: Array(repeating: 0, count: alone.count))
    } catch { throw .notConverged }
    return try alone.optimum(from: start).expansion.loss
  }
}
