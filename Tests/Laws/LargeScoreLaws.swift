import Descent
import Foundation
import LinearAlgebra
import Testing

/// Where exp of a score, or its square, would leave the numbers or swallow the others.
@Suite("Large scores do no harm")
struct LargeScoreLaws {
  static let scores = [
    [1e4, -1e3, 1e3, -1e4], [-1e4, 1e4, 1e3, -1e3], [1e3, 200, -1e3, -1e4], [-1e4, -9e3, -1e3, 1e4],
  ]

  /// Of a loss of logarithms a hundredth: exp of the others is beyond all numbers.
  private func scores(_ loss: any Loss) -> [[Double]] {
    let columns = loss.task == .regression ? 1 : loss.columns(classes: 4)
    let scale = loss.link == .logarithm ? 0.01 : 1
    return Self.scores.map { $0.prefix(columns).map { scale * $0 } }
  }

  @Test("values and gradients are those of the formulas, in both precisions", arguments: withFormulas)
  func values(loss: any Loss) {
    let columns = loss.columns(classes: 4)
    for scores in scores(loss) {
      for target in 0..<(columns == 1 ? 2 : 4) {
        let targets = targets(loss, target)
        let (value, gradient) = expected(loss, scores, target)
        let double = evaluate(loss, scores, columns: scores.count, targets: targets)
        let float = evaluate(loss, scores.map { Float($0) }, columns: scores.count, targets: targets)
        let place: Comment = "\(loss.name), \(scores), \(target)"
        #expect(abs(double.value - value) <= 1e-14 * value, place)
        #expect(abs(float.value - value) <= 1e-6 * value, place)
        for (j, slope) in gradient.enumerated() {
          #expect(abs(double.gradient[j] - slope) <= 1e-14 * max(1, abs(slope)), place)
          // What is beyond Float's numbers is infinite there.
          let isBeyond = !Float(slope).isFinite && float.gradient[j] == Float(slope)
          #expect(isBeyond || abs(Double(float.gradient[j]) - slope) <= 1e-6 * max(1, abs(slope)), place)
        }
      }
    }
  }

  /// Those that ``expected(_:_:_:)`` writes down.
  static let withFormulas = Instances.losses.filter {
    ["softmax", "hinge", "squared-hinge", "logistic", "squared", "huber", "poisson"].contains($0.name)
  }

  @Test(
    "the conjugate meets the loss there", arguments: CertificateLaws.dualLosses)
  func conjugates(loss: any DualLoss) {
    let columns = loss.columns(classes: 4)
    for scores in scores(loss) {
      for target in 0..<(columns == 1 ? 2 : 4) {
        let targets = targets(loss, target)
        let (value, gradient) = evaluate(loss, scores, columns: scores.count, targets: targets)
        var slopes = gradient
        var span = slopes.mutableSpan
        loss.clip(&span, columns: scores.count, targets: targets)
        #expect(slopes == gradient, "\(loss.name): a gradient is in the domain")
        let conjugate = loss.conjugate(slopes.span, columns: scores.count, targets: targets)
        let product = zip(slopes, scores).reduce(0) { $0 + $1.0 * $1.1 }
        let size = zip(slopes, scores).reduce(value) { $0 + abs($1.0 * $1.1) }
        #expect(abs(value + conjugate - product) <= 1e-13 * size, "\(loss.name), \(scores), \(target)")
      }
    }
  }

  @Test("curvature is none or finite", arguments: CertificateLaws.curvedLosses)
  func curvature(loss: any CurvedLoss) {
    let columns = loss.columns(classes: 4)
    for scores in scores(loss) {
      for target in 0..<(columns == 1 ? 2 : 4) {
        let targets = targets(loss, target)
        let gradient = evaluate(loss, scores, columns: scores.count, targets: targets).gradient
        var direction = scores.map { _ in 1.0 }
        direction[0] = -2
        var moved = direction
        var span = moved.mutableSpan
        loss.multiplyHessian(&span, slopes: gradient.span, columns: scores.count, targets: targets)
        let curvature = zip(direction, moved).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(curvature.isFinite && curvature >= 0, "\(scores), \(target)")
      }
    }
  }

  /// A row far out, on the side that its class is on, or its number: its score is as large as it is far.
  @Test("a certificate is a proof there too", arguments: cases, [1e3, 1e4])
  func certificates(_ test: SolverCase, size: Double) throws {
    let near = try test.fit()
    let far = test.problem.rows.x[0].map { size * $0 }
    let scores = near.model.scores(Matrix([far]))[row: 0]
    func withIt(_ test: SolverCase) -> SolverCase {
      test.with { $0.rows = $0.rows.appending(far, label: label(at: scores), value: scores.first!) }
    }
    let fit = try withIt(test).fit()
    let reached = fit.model.scores(Matrix([far]))[row: 0].map(abs).max()!
    #expect(reached > size / 50, "a score of \(reached) is not far out")
    let certificate = try #require(fit.certificate)
    #expect(fit.objective.isFinite && abs(certificate.objective - fit.objective) <= 1e-9 * fit.objective)
    #expect(certificate.relativeGap <= 1e-4 || !withIt(test).isWithinReach, "\(fit.stopReason)")
    // No bound is above what another solver reaches.
    let rival =
      Self.cases.first {
        $0.problem.loss.words == test.problem.loss.words && $0.solver.words != test.solver.words
      } ?? SolverCase(solver: MiniBatch(Adam(), epochs: 50, batchSize: 5), problem: test.problem)
    let other = try withIt(rival).fit()
    #expect(certificate.lowerBound <= other.objective * (1 + 1e-12), "\(rival)")
  }

  /// Where scores are logarithms such a row would be a count beyond all numbers.
  static let cases = SolverCase.all(
    Instances.losses.filter { $0.link == .identity }.map { loss in
      Problem(kind: "far", loss: loss, penalty: L2(1e-3), rows: Zoo.overlapping, tolerance: 1e-6)
    })

  /// The class of such scores.
  private func label(at scores: ArraySlice<Double>) -> Int {
    scores.count > 1
      ? scores.indices.max { scores[$0] < scores[$1] }! - scores.startIndex : scores.first! > 0 ? 1 : 0
  }

  private func targets(_ loss: any Loss, _ target: Int) -> Targets {
    loss.link == .logarithm
      ? .values([Double(target) * 2e3])
      : loss.task == .regression ? .values([Double(target) * 2e3 - 500]) : .labels([Int32(target)])
  }

  /// By the formulas, where exp(−800) counts for nothing.
  private func expected(_ loss: any Loss, _ scores: [Double], _ target: Int) -> (Double, [Double]) {
    switch loss {
    case is SquaredError, is Huber:
      let d = scores[0] - (Double(target) * 2e3 - 500)
      guard let delta = (loss as? Huber)?.delta, abs(d) > delta else { return (d * d / 2, [d]) }
      return (delta * (abs(d) - delta / 2), [d < 0 ? -delta : delta])
    case is Poisson:
      let (s, t) = (scores[0], Double(target) * 2e3)
      return (exp(s) - t * s - t + (t > 0 ? t * log(t) : 0), [exp(s) - t])
    case is Logistic:
      let s = target == 1 ? scores[0] : -scores[0]
      return (max(0, -s), [s > 0 ? 0 : target == 1 ? -1 : 1])
    case is Softmax:
      let top = scores.indices.max { scores[$0] < scores[$1] }!
      return (
        scores[top] - scores[target],
        scores.indices.map { ($0 == top ? 1 : 0) - ($0 == target ? 1 : 0) }
      )
    default:
      var excess = scores.map { max(0, $0 - scores[target] + loss.margin!) }
      excess[target] = 0
      var gradient = loss is Hinge ? excess.map { $0 > 0 ? 1 : 0 } : excess.map { 2 * $0 }
      gradient[target] = -gradient.reduce(0, +)
      return (excess.reduce(0) { $0 + (loss is Hinge ? $1 : $1 * $1) }, gradient)
    }
  }
}
