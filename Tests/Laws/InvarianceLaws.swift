import Descent
import LinearAlgebra
import Testing

@Suite("What a fit does not depend on")
struct InvarianceLaws {
  typealias Case = InvarianceCase

  @Test("how often each row is there", arguments: Case.all)
  func repeatedRows(_ test: Case) throws {
    let once = try test.fit(Case.rows, Case.targets)
    let thrice = try test.fit(Case.rows + Case.rows + Case.rows, Case.targets + Case.targets + Case.targets)
    expectSame(test, thrice, once, thrice.weights, once.weights)
  }

  @Test("the order of the rows", arguments: Case.all)
  func orderOfRows(_ test: Case) throws {
    let given = try test.fit(Case.rows, Case.targets)
    let order = Case.rows.indices.map { $0 * 7 % Case.rows.count }
    let other = try test.fit(order.map { Case.rows[$0] }, order.map { Case.targets[$0] })
    expectSame(test, other, given, other.weights, given.weights)
  }

  @Test("the order of the columns", arguments: Case.all)
  func orderOfColumns(_ test: Case) throws {
    let given = try test.fit(Case.rows, Case.targets)
    let other = try test.fit(Case.rows.map { [$0[2], $0[0], $0[1]] }, Case.targets)
    expectSame(test, other, given, other.weights, given.weights.map { [$0[2], $0[0], $0[1]] })
  }

  @Test("the columns' units, where features are scaled", arguments: Case.all)
  func units(_ test: Case) throws {
    let given = try test.fit(Case.rows, Case.targets, scaling: .standard)
    let units = [1e3, -1e-3, 7]
    let other = try test.fit(
      Case.rows.map { row in zip(row, units).map { $0 * $1 } }, Case.targets, scaling: .standard)
    let weights = other.weights.map { row in zip(row, units).map { $0 * $1 } }
    expectSame(test, other, given, weights, given.weights)
  }

  @Test(
    "a column that is there twice, by shares of 1/√2",
    arguments: Case.all.filter { $0.penalty is L2 })
  func twice(_ test: Case) throws {
    let once = try test.fit(Case.rows, Case.targets)
    let root = 0.5.squareRoot()
    let both = try test.fit(Case.rows.map { row in (row + row).map { $0 * root } }, Case.targets)
    let halves = once.weights.map { row in (row + row).map { $0 * root } }
    expectSame(test, both, once, both.weights, halves)
  }

  private func expectSame(
    _ test: Case, _ fit: Fit<Double>, _ other: Fit<Double>, _ weights: [[Double]], _ otherWeights: [[Double]]
  ) {
    let place: Comment = "\(fit.objective), \(fit.stopReason); \(other.objective), \(other.stopReason)"
    // Dual ascent is not done to the last digit.
    let gaps = [fit, other].compactMap(\.certificate).reduce(0) { $0 + $1.gap }
    let (isPenalised, l2) = (!(test.penalty is NoPenalty), test.penalty.elasticNet?.l2 ?? 0)
    if isPenalised { #expect(gaps <= 1e-5 * other.objective, place) }
    let slack = isPenalised ? max(1e-8 * other.objective, gaps) : 1e-8 * other.objective
    #expect(abs(fit.objective - other.objective) <= slack, place)
    // What has l1 alone, or kinks alone, may have several optima.
    guard l2 > 0 || test.loss is any CurvedLoss else { return }
    // As far as strong convexity lets weights be apart.
    let distance = l2 > 0 ? (2 * slack / l2).squareRoot() : 0
    let scale = otherWeights.joined().map(abs).max()!
    #expect(weights.count == otherWeights.count)
    let furthest = zip(weights.joined(), otherWeights.joined()).map { abs($0 - $1) }.max()!
    #expect(furthest <= 1e-3 * scale + distance, "\(weights), and \(otherWeights): \(place)")
  }
}
