import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("What holds of every certificate")
struct CertificateLaws {
  static let dualLosses = Instances.losses.compactMap { $0 as? any DualLoss }
  static let curvedLosses = Instances.losses.compactMap { $0 as? any CurvedLoss }

  @Test("ℓ(s) + ℓ*(θ) ≥ ⟨θ, s⟩, with equality where θ is the gradient", arguments: dualLosses)
  func conjugate(loss: any DualLoss) {
    let columns = loss.columns(classes: 4)
    let targets = Zoo.targets(for: loss, rows: 1, columns: columns, seed: 5)
    for seed in 0..<40 as Range<UInt64> {
      let at = Zoo.numbers(columns, seed: seed, scale: 3)
      let (value, gradient) = evaluate(loss, at, columns: columns, targets: targets)
      let conjugate = loss.conjugate(gradient.span, columns: columns, targets: targets)
      #expect(abs(value + conjugate - inner(gradient, at)) < 1e-12 * max(1, value), "\(loss.name)")

      // Any point of the domain, reached from anywhere.
      var slopes = Zoo.numbers(columns, seed: seed + 100, scale: 2)
      var span = slopes.mutableSpan
      loss.clip(&span, columns: columns, targets: targets)
      let bound = loss.conjugate(slopes.span, columns: columns, targets: targets)
      for other in 0..<40 as Range<UInt64> {
        let s = Zoo.numbers(columns, seed: other + 200, scale: 4)
        let value = evaluate(loss, s, columns: columns, targets: targets).value
        #expect(value + bound >= inner(slopes, s) - 1e-12, "\(loss.name)")
      }
    }
  }

  @Test("the product with the Hessian is the gradient's derivative", arguments: curvedLosses)
  func hessian(loss: any CurvedLoss) {
    let columns = loss.columns(classes: 4)
    let targets = Zoo.targets(for: loss, rows: 1, columns: columns, seed: 6)
    var smoothPoints = 0
    for seed in 0..<30 as Range<UInt64> {
      let (s, d) = (Zoo.numbers(columns, seed: seed, scale: 3), Zoo.numbers(columns, seed: seed + 50))
      func gradient(_ h: Double) -> [Double] {
        evaluate(loss, zip(s, d).map { $0 + h * $1 }, columns: columns, targets: targets).gradient
      }
      var product = d
      var span = product.mutableSpan
      loss.multiplyHessian(&span, slopes: gradient(0).span, columns: columns, targets: targets)
      let h = 1e-5
      let (left, right) = (
        zip(gradient(0), gradient(-h)).map { ($0 - $1) / h },
        zip(gradient(h), gradient(0)).map { ($0 - $1) / h }
      )
      // Not across a kink of the gradient.
      guard zip(left, right).allSatisfy({ abs($0 - $1) < 1e-3 }) else { continue }
      smoothPoints += 1
      for j in 0..<columns { #expect(abs((left[j] + right[j]) / 2 - product[j]) < 1e-8, "\(loss.name)") }
    }
    #expect(smoothPoints > 20)
  }

  @Test("wherever it is stopped, the bound is below the optimum and the objective above", arguments: cases)
  func bounds(_ test: SolverCase) throws {
    let optimum = try #require(test.problem.optimum)
    for questions in [0, 1, 3] {
      var asked = 0
      let fit = try test.fit {
        asked += 1
        return asked > questions
      }
      let place: Comment = "after \(questions) questions"
      #expect(fit.objective >= optimum - test.problem.slack, place)
      guard let certificate = try test.certificate(of: fit) else { continue }
      #expect(certificate.lowerBound <= optimum + test.problem.slack, place)
      #expect(abs(certificate.objective - fit.objective) <= 1e-12 * fit.objective, place)
    }
  }

  static let cases = SolverCase.all(Zoo.known)

  private func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
