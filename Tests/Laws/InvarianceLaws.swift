import Descent
import LinearAlgebra
import Testing

@Suite("What a fit does not depend on")
struct InvarianceLaws {
  static let cases = SolverCase.all(Zoo.unknown) { Instances.solvers($0.isPenalised ? 1e-10 : 1e-14) }

  @Test("how often each row is there", arguments: cases)
  func repeatedRows(_ test: SolverCase) throws {
    let once = try test.fit()
    let thrice = try test.with { $0.rows = $0.rows.times(3) }.fit()
    expectSame(test, thrice, once, thrice.weights, once.weights)
  }

  @Test("the order of the rows", arguments: cases)
  func orderOfRows(_ test: SolverCase) throws {
    let given = try test.fit()
    let other = try test.with { $0.rows = $0.rows.at((0..<30).map { $0 * 7 % 30 }) }.fit()
    expectSame(test, other, given, other.weights, given.weights)
  }

  @Test("the order of the columns", arguments: cases)
  func orderOfColumns(_ test: SolverCase) throws {
    let given = try test.fit()
    let other = try test.withRows { [$0[2], $0[0], $0[1]] }.fit()
    expectSame(test, other, given, other.weights, given.weights.map { [$0[2], $0[0], $0[1]] })
  }

  @Test("the columns' units, where features are scaled", arguments: cases)
  func units(_ test: SolverCase) throws {
    let test = test.with { $0.scaling = .standard }
    let given = try test.fit()
    let units = [1e3, -1e-3, 7]
    let other = try test.withRows { zip($0, units).map { $0 * $1 } }.fit()
    let weights = other.weights.map { row in zip(row, units).map { $0 * $1 } }
    expectSame(test, other, given, weights, given.weights)
  }

  @Test("a column that is there twice, by shares of 1/√2", arguments: twiceCases)
  func twice(_ test: SolverCase) throws {
    let once = try test.fit()
    let root = 0.5.squareRoot()
    let both = try test.withRows { ($0 + $0).map { $0 * root } }.fit()
    let halves = once.weights.map { row in (row + row).map { $0 * root } }
    expectSame(test, both, once, both.weights, halves)
  }

  /// Penalties that a rotation of the features does not change.
  static let twiceCases = cases.filter { $0.problem.penalty.isSmooth && $0.problem.isPenalised }

  func expectSame(
    _ test: SolverCase, _ fit: Fit<Double>, _ other: Fit<Double>, _ weights: [[Double]],
    _ otherWeights: [[Double]]
  ) {
    let place: Comment = "\(fit.objective), \(fit.stopReason); \(other.objective), \(other.stopReason)"
    // Dual ascent is not done to the last digit.
    let gaps = [fit, other].compactMap(\.certificate).reduce(0) { $0 + $1.gap }
    if test.problem.isPenalised { #expect(gaps <= 1e-5 * other.objective, place) }
    let slack = test.problem.isPenalised ? max(1e-8 * other.objective, gaps) : 1e-8 * other.objective
    #expect(abs(fit.objective - other.objective) <= slack, place)
    #expect(weights.count == otherWeights.count)
    // As far as strong convexity lets weights be apart.
    let convexity = test.problem.penalty.convexity
    let distance = convexity > 0 ? (2 * slack / convexity).squareRoot() : 0
    let scale = otherWeights.joined().map(abs).max()!
    let furthest = zip(weights.joined(), otherWeights.joined()).map { abs($0 - $1) }.max()!
    // What has l1 alone, or kinks alone, may have several optima.
    let isOnePoint = convexity > 0 || test.problem.loss is any CurvedLoss
    #expect(
      furthest <= 1e-3 * scale + distance || !isOnePoint, "\(weights), and \(otherWeights): \(place)")
  }
}
