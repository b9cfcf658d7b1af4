internal import LinearAlgebra

/// Proves bounds for one objective of a linear model, in Double.
///
/// It remembers the best lower bound that it has proved: bounds hold for the problem, wherever they were found.
final class Certifier {
  let pass: Pass<Double>
  let rowLoss: RowLoss
  private let loss: any DualLoss
  let penalty: any Penalty
  let shape: WeightShape
  var weights: Int { shape.count }
  private let scaling: Scaling
  private let exactValue: ExactValue
  /// See ``Certificate/negligible``.
  let negligible: Double
  /// See ``RowLoss/scoreUnit(deviation:)``: what rounding costs is priced by it, so that no unit of the targets is special.
  let unit: Double
  /// Numbers of all rows in Double, while a certificate is made: more than most solvers keep.
  private var room: CertifierRoom?
  private(set) var lowerBound = -Double.infinity

  /// Nil where no bound is known: another model, a loss or a penalty without a conjugate, no penalty at all.
  convenience init?<Element: KernelScalar>(_ objective: DataObjective<Element>) {
    guard objective.penalty.dual != nil else { return nil }
    self.init(withOrWithoutPenalty: objective)
  }

  /// Without a penalty only directions that solve Newton's system prove a bound, see ``certify(_:start:direction:solve:)``.
  init?<Element: KernelScalar>(withOrWithoutPenalty objective: DataObjective<Element>) {
    guard let model = objective.model as? LinearModel, let loss = objective.rowLoss.dual else { return nil }
    let deviation = objective.rowLoss.deviation
    negligible = objective.rowLoss.negligibleGap(deviation: deviation)
    unit = objective.rowLoss.scoreUnit(deviation: deviation)
    (self.loss, rowLoss, penalty) = (loss, objective.rowLoss, objective.penalty)
    (scaling, exactValue) = (objective.scaling, objective.exactValue)
    pass = Pass(model, over: objective.source(for: Double.self), pool: objective.pool)
    shape = WeightShape(outputs: model.outputs, inputs: model.inputs)
  }

  /// Where the dual point is, one for each loss whose gradients it can be, in the same memory.
  private var points: [DualPoint] { inRoom(\.points) }
  var dual: DualPoint { points[0] }

  private func inRoom<Part>(_ part: (CertifierRoom) -> Part) -> Part {
    let room = room ?? CertifierRoom(pass, rowLoss, loss.generators)
    self.room = room
    return part(room)
  }

  /// The parameters of the model as it is written: what P is the objective of.
  func written<Element: KernelScalar>(_ parameters: [Element]) -> [Double] {
    pass.model.written(parameters, scaling)
  }

  /// The certificate of `parameters`.
  func certify<Element: KernelScalar>(_ parameters: [Element]) -> Certificate {
    let θ = written(parameters)
    let objective = score(θ)
    var others: [DualPoint] = []
    for point in points {
      let rest = point.setNatural()
      let v = correlation()
      if rest < .infinity { raise(to: bound(rest: rest, θ, v)) }
      // Where the penalty asks nothing for a weight, V must be 0.
      if penalty.dual.map({ !$0.unbounded(v.span.extracting(0..<weights), shape).isEmpty }) ?? false {
        others.append(point)
      }
    }
    for (i, point) in others.enumerated() {
      // The one before has taken the scores' place.
      if i > 0 { _ = score(θ) }
      raise(to: freeBound(point, θ, beside: objective))
    }
    return certificate(objective)
  }

  /// The certificate of `parameters`, with the bound that the Newton direction at `start` proves.
  func certify<Element: KernelScalar>(_ parameters: [Element], start: [Element], direction: [Element])
    -> Certificate
  {
    let before = start.map { Double($0) }
    _ = score(before)
    dual.linearise()
    scoreDirection(direction.map { Double($0) })
    raise(to: bound(rest: dual.setTight(), before))
    return certificate(value(at: written(parameters)))
  }

  /// The certificate of an objective, by all that was proved: the end of each, which gives its room back.
  func certificate(_ objective: Double) -> Certificate {
    room = nil
    // Looked at only where it may help.
    if lowerBound <= 0.5 * objective, lowerBound < leastLoss { raise(to: leastLoss) }
    // The best of many bounds is also the luckiest in its rounding: none is nearer than that of the sums.
    let most = objective - 1e-14 * abs(objective)
    return Certificate(objective: objective, lowerBound: min(lowerBound, most), negligible: negligible)
  }

  /// D at slopes of 0, which are a dual point too: the mean of the least losses, 0 but for targets that are shares.
  private lazy var leastLoss: Double = {
    let columns = pass.model.outputs
    let sum = pass.sweep { [rowLoss] range in
      let zeros = [Double](repeating: 0, count: range.count * columns)
      return rowLoss.conjugate(range, zeros.span)
    }
    return -sum / rowLoss.total - 1e-14 * 1e-300
  }()

  /// The best bound so far, for a checkpoint; nil where nothing is proved yet.
  var proved: Double? { lowerBound > -.infinity ? lowerBound : nil }

  func raise(to bound: Double) {
    if bound > lowerBound { lowerBound = bound }
  }

  /// The objective, which also sets the scores of the dual point.
  func score(_ θ: [Double]) -> Double {
    let scores = inRoom(\.scores)
    return value(at: θ) { scores.store($0, $1) }
  }

  /// The objective.
  func value(at θ: [Double]) -> Double { value(at: θ) { _, _ in } }

  private func value(
    at θ: [Double], _ take: @Sendable (Range<Int>, borrowing MutableSpan<Double>) -> Void
  ) -> Double {
    let sum = pass.forward(θ) { [rowLoss] range, s in
      take(range, s)
      return rowLoss.slopes(range, &s)
    }
    let (loss, penalty) = (sum / rowLoss.total, penalty.value(θ.span.extracting(0..<weights), shape))
    exactValue.note(loss, penalty, at: θ)
    return loss + penalty
  }

  /// Puts the scores of a direction of the parameters where the dual point will be.
  func scoreDirection(_ direction: [Double]) {
    _ = pass.forward(direction) { [point = dual.point] range, s in
      point.store(range, s)
      return 0
    }
  }

  /// D at the dual point. What rounding left of the condition Σθ = 0 counts at the price of the biases' size; where more
  /// is left there is no bound: it would want one on the biases of the optimum.
  func bound(rest: Double, _ θ: [Double]) -> Double {
    guard rest < .infinity else { return -.infinity }
    return bound(rest: rest, θ, correlation())
  }

  /// The same with V of the dual point at hand.
  func bound(rest: Double, _ θ: [Double], _ correlation: [Double]) -> Double {
    // Rounding of the sums counts against the bound too, so that no gap reads 0.
    let price = unit + (θ[weights...].map { abs($0) }.max() ?? 0)
    let value = value(correlation[..<weights])
    return value - price * rest - 1e-14 * max(1e-300, abs(value))
  }

  /// V of the dual point, and what stands in its place for the biases.
  func correlation() -> [Double] {
    var result = [Double](repeating: 0, count: pass.model.layout.count)
    _ = pass.backward(scale: -rowLoss.scale(as: Double.self), gradient: &result) {
      [point = dual.point, rowLoss] range, slopes in
      point.load(range, into: &slopes)
      rowLoss.weigh(range, &slopes)
      return 0
    }
    return result
  }

  /// −(1/n)·Σ ℓ*(t·θᵢ) − R*(t·V), where the penalty has kinks at the best t in 0...1. Where R* is not finite everywhere, as
  /// that of l1 alone is in the box |V| ≤ l1 only, that scales the point into its domain.
  private func value(_ v: ArraySlice<Double>) -> Double {
    guard let dual = penalty.dual else { return -.infinity }
    let linear = loss.hasLinearConjugate ? meanConjugate(times: 1) : nil
    if let linear, let (l1, l2) = penalty.elasticNet { return bestMultiple(-linear, v, l1: l1, l2: l2) }
    func value(_ t: Double) -> Double {
      -(linear.map { t * $0 } ?? meanConjugate(times: t)) - dual.conjugate(v.span, times: t, shape)
    }
    guard penalty.kinks != nil || linear != nil else { return value(1) }
    return DualScaling.maximum(upTo: dual.reach(v.span, shape), value)
  }

  /// (1/n)·Σ ℓ*(factor·θᵢ)
  func meanConjugate(times factor: Double) -> Double {
    let columns = pass.model.outputs
    let sum = pass.sweep { [point = dual.point, rowLoss] range in
      if factor == 1 { return point.read(range) { rowLoss.conjugate(range, $0) } }
      var scaled = [Double](repeating: 0, count: range.count * columns)
      var θ = scaled.mutableSpan
      point.read(range) { for i in 0..<$0.count { θ[i] = factor * $0[i] } }
      return rowLoss.conjugate(range, θ.span)
    }
    return sum / rowLoss.total
  }
}

/// What a certificate needs of all rows: scores, which the slopes there can take the place of, and a dual point.
private struct CertifierRoom {
  let scores: RowBuffer<Double>
  let points: [DualPoint]

  init(_ pass: Pass<Double>, _ rowLoss: RowLoss, _ generators: [any CurvedLoss]) {
    scores = pass.buffer(columns: pass.model.outputs)
    let first = DualPoint(pass, rowLoss.with(generators[0]), scores: scores)
    points = generators.map { DualPoint(first, loss: $0) }
  }
}
