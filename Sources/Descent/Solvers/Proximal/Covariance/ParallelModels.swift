internal import LinearAlgebra

/// Several linear models of one least-squares problem of one output, looked at together: the data are read once for all of
/// them, and the products have more than one column.
///
/// All is in Double and of the models as they are written, so that what it tells of them proves a bound; the residuals of a
/// model, less their mean, are its dual point. (See ``Certificate``.)
final class ParallelModels<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let model: LinearModel
  /// Targets less offsets, and what the bias makes of their mean: 0 where there is none.
  private let targets: [Double]
  private let targetMean: Double
  private let negligible, unit: Double
  private var pass: Pass<Double>?
  private var residuals = RowBuffer<Double>(rows: 0, columns: 0)
  /// Of the scaled features, once a model was looked at.
  private(set) var means: [Double] = []

  /// So many models at a time: of more, the products' shape would suit the cache less.
  let most: Int

  /// What is known of a model.
  struct Point {
    let loss, penalty: Double
    /// ∂(mean loss)/∂W where the bias is the best for the weights.
    let gradient: [Double]
    /// ∂(mean loss)/∂b
    let biasSlope: Double
    let certificate: Certificate
  }

  init(_ problem: LeastSquaresProblem<Element>) {
    (objective, model) = (problem.objective, problem.model)
    let rowLoss = objective.rowLoss
    let rows = CentredTargets(rowLoss, model)
    targets = (0..<rowLoss.rows).map { rows.target($0, 0) }
    targetMean = rows.means[0]
    let deviation = rowLoss.deviation
    negligible = rowLoss.negligibleGap(deviation: deviation)
    unit = rowLoss.scoreUnit(deviation: deviation)
    most = max(1, min(39, (64 << 20) / (8 * max(1, rowLoss.rows))))
  }

  /// The parameters of weights on scaled features, with the bias that is best for them.
  func parameters(_ weights: [Element]) -> [Element] {
    var bias = 0.0
    if model.hasIntercept {
      bias = targetMean
      for (j, weight) in weights.enumerated() where weight != 0 { bias -= Double(weight) * means[j] }
    }
    return weights + [Element(bias)]
  }

  /// - Parameter θ: parameters as they are written, no more than ``most``. One pass.
  func look(at θ: [[Double]], _ nets: [ElasticNet]) -> [Point] {
    let (count, features, width) = (θ.count, model.inputs, θ.count + 1)
    let pass = pass(width)
    // The weights of one model after the other, then the biases; last a model of zeros, whose slopes give the means.
    var parameters = θ.flatMap { $0[..<features] } + [Double](repeating: 0, count: features)
    parameters += θ.map { $0[features] } + [0]
    var gradient = [Double](repeating: 0, count: parameters.count)
    let rowLoss = objective.rowLoss
    _ = pass.run(parameters, scale: rowLoss.scale(as: Double.self), gradient: &gradient) {
      [residuals, targets] range, s in
      residuals.update(range) { r in
        for i in 0..<range.count {
          let row = range.lowerBound + i
          let (target, weight) = (targets[row], rowLoss.weight(of: row))
          for k in 0..<count {
            let residual = s[i * width + k] - target
            r[i * count + k] = residual
            s[i * width + k] = weight * residual
          }
          s[i * width + count] = weight
        }
      }
      return 0
    }
    means = model.hasIntercept ? Array(gradient[count * features..<width * features]) : []
    let slopes = (0..<count).map { model.hasIntercept ? gradient[width * features + $0] : 0 }
    let sums = sums(count, less: slopes, pass)
    return (0..<count).map { k in
      var profile = Array(gradient[k * features..<(k + 1) * features])
      for (j, mean) in means.enumerated() { profile[j] -= slopes[k] * mean }
      let loss = 0.5 * (sums[3 * k] + slopes[k] * slopes[k] + 2 * slopes[k] * sums[3 * k + 1])
      return point(
        loss: loss, profile, slopes[k], square: sums[3 * k], inner: sums[3 * k + 2],
        rest: model.hasIntercept ? abs(sums[3 * k + 1]) : 0, θ[k], nets[k])
    }
  }

  /// For each model the means of θ², θ and θ·(target − mean), where θ are its residuals less `slopes`.
  private func sums(_ count: Int, less slopes: [Double], _ pass: Pass<Double>) -> [Double] {
    pass.sweep(summing: 3 * count) {
      [residuals, targets, targetMean, rowLoss = objective.rowLoss] range, sums in
      residuals.read(range) { r in
        for i in 0..<range.count {
          let row = range.lowerBound + i
          let (weight, target) = (rowLoss.weight(of: row), targets[row] - targetMean)
          for k in 0..<count {
            let θ = r[i * count + k] - slopes[k]
            sums[3 * k] += weight * θ * θ
            sums[3 * k + 1] += weight * θ
            sums[3 * k + 2] += weight * θ * target
          }
        }
      }
    }.map { $0 / objective.rowLoss.total }
  }

  /// D(t·θ) = −½t²·mean θ² − t·mean θ·target − R*(t·V), the best of some t.
  private func point(
    loss: Double, _ gradient: [Double], _ slope: Double, square: Double, inner: Double, rest: Double,
    _ θ: [Double], _ net: ElasticNet
  ) -> Point {
    let shape = WeightShape(outputs: 1, inputs: model.inputs)
    let (v, span) = (gradient.map { -$0 }, θ.span.extracting(0..<model.inputs))
    let bound = DualScaling.maximum(upTo: net.reach(v.span, shape)) { t in
      -0.5 * t * t * square - t * inner - net.conjugate(v.span, times: t, shape)
    }
    let price = unit + abs(θ[model.inputs]) + abs(targetMean)
    let penalty = net.value(span, shape)
    return Point(
      loss: loss, penalty: penalty, gradient: gradient, biasSlope: slope,
      certificate: Certificate(
        objective: loss + penalty, lowerBound: bound - price * rest - 1e-14 * max(1e-300, abs(bound)),
        negligible: negligible))
  }

  private func pass(_ width: Int) -> Pass<Double> {
    if let pass, pass.model.outputs == width { return pass }
    let made = Pass<Double>(
      LinearModel(inputs: model.inputs, outputs: width, hasIntercept: model.hasIntercept),
      over: objective.source(for: Double.self), pool: objective.pool)
    residuals = made.buffer(columns: width - 1)
    pass = made
    return made
  }
}
