internal import LinearAlgebra

/// The lasso and the elastic net of one output by coordinate descent on the covariance of the features, one penalty after
/// the other.
///
/// The covariance is that of all features, or of a working set: those whose slopes are steepest, and whatever turns out to
/// break the optimality of a model that was found without it. It is kept from one penalty to the next. Its digits, Float's
/// say, do not limit a model's: a look at the rows, in Double, tells the gradient as it is and proves a bound; where that is not
/// enough the next descent begins at that gradient.
/// (Friedman, Hastie and Tibshirani, J. Stat. Softw. 33, 2010, section 2.2, for covariance updates; working sets: Massias,
/// Gramfort and Salmon, Celer, ICML 2018.)
final class CovarianceDescent<Element: KernelScalar> {
  private let problem: LeastSquaresProblem<Element>
  private let models: ParallelModels<Element>
  private let covariance: FeatureCovariance<Element>
  /// Weights on scaled features, and the gradient of the mean loss there: what other gradients are told from.
  private var reference: (weights: [Double], gradient: [Double])
  /// Weights of the last model.
  private var weights: [Element]
  private var value = Double.infinity
  /// Looks at the rows.
  private(set) var passes = 0.0

  /// What the start is.
  let first: ParallelModels<Element>.Point

  /// A model under one of the penalties.
  struct Solution {
    var parameters: [Element]
    var point: ParallelModels<Element>.Point
    /// Its share of the passes.
    var passes: Double
    var isProved: Bool
  }

  /// Whether it is for such an objective: the squared error of one output and dense rows, with l1·‖W‖₁ + (l2/2)·‖W‖².
  static func suits(_ objective: DataObjective<Element>) -> Bool {
    objective.model.outputs == 1 && objective.outline.curvature == .parabola && objective.linearModel != nil
      && objective.outline.isSparse == false && objective.rows > 1
  }

  /// Looks at the start: one pass.
  ///
  /// - Parameter start: parameters on scaled features.
  init(_ problem: LeastSquaresProblem<Element>, from start: [Element]) {
    self.problem = problem
    models = ParallelModels(problem)
    covariance = FeatureCovariance(problem.objective)
    weights = Array(start[problem.model.weights])
    let written = problem.objective.model.written(start, problem.objective.scaling)
    first = models.look(at: [written], [ElasticNet(l1: problem.l1, l2: problem.l2)])[0]
    passes = 1
    reference = (Array(written[problem.model.weights]), first.gradient)
  }

  /// Models at a time.
  var most: Int { covariance.set.count == problem.model.inputs ? models.most : min(8, models.most) }

  /// Takes the covariance of all features at once: worth it for many penalties, and for few features.
  func takeAll(isStopped: () -> Bool) {
    _ = covariance.takeAll(
      CentredTargets(problem.rowLoss, problem.model), isStopped: isStopped)
  }

  /// The models under some penalties, no more than ``most``, in their order; nil where it was stopped.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func solve(
    _ nets: [ElasticNet], tolerance: Double, isStopped: () -> Bool
  ) -> [Solution]? {
    covariance.add(weights.indices.filter { weights[$0] != 0 && !covariance.contains[$0] })
    covariance.add(candidates(nets))
    var models = nets.map { net -> [Element] in
      descend(&weights, gradientByReference(weights), net, tolerance, isStopped)
      return weights
    }
    var solutions = [Solution?](repeating: nil, count: nets.count)
    var (pending, barren, least) = (Array(nets.indices), 0, Double.infinity)
    while true {
      if isStopped() { return nil }
      let parameters = pending.map { self.models.parameters(models[$0]) }
      let points = look(at: parameters, pending.map { nets[$0] })
      for (i, k) in pending.enumerated() {
        let before = solutions[k]
        var point = points[i]
        // A bound holds wherever it was found.
        if let old = before?.point.certificate, old.lowerBound > point.certificate.lowerBound {
          point = point.with(old.moved(to: point.certificate.objective))
        }
        solutions[k] = Solution(
          parameters: parameters[i], point: point,
          passes: (before?.passes ?? 0) + 1 / Double(pending.count),
          isProved: point.certificate.relativeGap <= tolerance)
      }
      if let last = solutions[pending[pending.count - 1]] { value = last.point.certificate.objective }
      pending = pending.filter { solutions[$0]?.isProved == false }
      if pending.isEmpty { break }
      let worst = pending.reduce(0) { max($0, solutions[$1]!.point.certificate.relativeGap) }
      let missing = violators(pending.map { (solutions[$0]!.point.gradient, nets[$0]) })
      barren = worst < 0.5 * least || !missing.isEmpty ? 0 : barren + 1
      least = min(least, worst)
      guard barren < 3, covariance.set.count + missing.count <= Self.mostFeatures else { break }
      covariance.add(missing)
      for k in pending {
        let here = solutions[k]!
        models[k] = written(here.parameters).weights.map { Element($0) }
        descend(&models[k], here.point.gradient, nets[k], tolerance, isStopped)
      }
    }
    if let last = solutions.last ?? nil {
      weights = Array(last.parameters.dropLast())
      reference = (written(last.parameters).weights, last.point.gradient)
    }
    return solutions.map { $0! }
  }

  private static var mostFeatures: Int { 6000 }

  /// Of a scaled feature; 0 without an intercept.
  func mean(of feature: Int) -> Double { models.means.isEmpty ? 0 : models.means[feature] }

  private func look(at parameters: [[Element]], _ nets: [ElasticNet]) -> [ParallelModels<Element>.Point] {
    passes += 1
    return models.look(
      at: parameters.map { problem.objective.model.written($0, problem.objective.scaling) }, nets)
  }

  private func written(_ parameters: [Element]) -> (weights: [Double], all: [Double]) {
    let all = problem.objective.model.written(parameters, problem.objective.scaling)
    return (Array(all[problem.model.weights]), all)
  }

  /// The gradient at weights of the set: that of the reference, and what the covariance makes of the difference.
  private func gradientByReference(_ weights: [Element]) -> [Double] {
    var gradient = reference.gradient
    let set = covariance.set
    covariance.setRidge(0)
    let change = set.map { Element(Double(weights[$0]) - reference.weights[$0]) }
    guard change.contains(where: { $0 != 0 }) else { return gradient }
    for (j, slope) in zip(set, covariance.matrix.multiplied(by: change)) { gradient[j] += Double(slope) }
    return gradient
  }

  /// Moves weights of the set to the minimum of the parabola that has this gradient of the loss there.
  private func descend(
    _ weights: inout [Element], _ gradient: [Double], _ net: ElasticNet, _ tolerance: Double,
    _ isStopped: () -> Bool
  ) {
    let set = covariance.set
    if set.isEmpty { return }
    covariance.setRidge(net.l2)
    let start = set.map { weights[$0] }
    let slopes = zip(set, start).map { Element(gradient[$0] + net.l2 * Double($1)) }
    var quadratic = L1Quadratic(
      covariance.matrix, gradient: slopes, at: start, prices: start.map { _ in Element(net.l1) })
    // Slopes beyond l1 by a share ε cost about ε·l1·‖w‖₁ of the gap.
    let norm = net.l1 * start.reduce(0) { $0 + Double(abs($1)) }
    let share = 0.2 * tolerance * max(1, value.isFinite && norm > 0 ? 0.5 * value / norm : 1)
    quadratic.solve(to: net.l1 * min(0.01, share), isStopped: isStopped)
    for (i, j) in set.enumerated() { weights[j] = quadratic.u[i] }
  }

  /// Features whose slopes are so steep that they may be wanted down to the last of some penalties: by the strong rule, and
  /// no more than a few hundred. (Tibshirani et al., Strong rules for discarding predictors, JRSS B 74, 2012.)
  private func candidates(_ nets: [ElasticNet]) -> [Int] {
    guard let last = nets.map(\.l1).min() else { return [] }
    let steepest = reference.gradient.indices.reduce(0) {
      weights[$1] == 0 ? max($0, abs(reference.gradient[$1])) : $0
    }
    let least = max(0.3 * last, 2 * last - steepest)
    let inUse = weights.count { $0 != 0 }
    return steepestOutside(atMost: inUse == 0 ? 256 : max(64, inUse / 4)) { j in
      let size = abs(self.reference.gradient[j])
      return size > least ? size : nil
    }
  }

  private func violators(_ points: [(gradient: [Double], net: ElasticNet)]) -> [Int] {
    steepestOutside(atMost: max(256, covariance.set.count / 2)) { j in
      let excess = points.reduce(0) { max($0, abs($1.gradient[j]) / $1.net.l1) }
      return excess > 1 ? excess : nil
    }
  }

  /// In rising order.
  private func steepestOutside(atMost most: Int, _ size: (Int) -> Double?) -> [Int] {
    var found = reference.gradient.indices.compactMap { j in
      covariance.contains[j] ? nil : size(j).map { (feature: j, size: $0) }
    }
    if found.count > most {
      found.sort { ($1.size, $0.feature) < ($0.size, $1.feature) }
      found.removeLast(found.count - most)
    }
    return found.map(\.feature).sorted()
  }
}

extension ParallelModels.Point {
  func with(_ certificate: Certificate) -> Self {
    Self(loss: loss, penalty: penalty, gradient: gradient, biasSlope: biasSlope, certificate: certificate)
  }
}
