import Descent
import LinearAlgebra
import Testing

/// Where many weights fit alike, and no penalty tells them apart, the smallest are right: what they say of a column is
/// what the data say.
@Suite("Without a penalty the solution is that of the least norm")
struct LeastNormLaws {
  static let cases = InvarianceLaws.cases.filter { !$0.problem.isPenalised }

  @Test("columns that are there twice share alike", arguments: cases)
  func twice(_ test: SolverCase) throws {
    let once = try test.fit()
    let fit = try test.withRows { $0 + $0 }.fit()
    let place: Comment = "\(fit.objective), \(fit.stopReason); \(once.objective) of the columns once"
    #expect(abs(fit.objective - once.objective) <= 1e-8 * once.objective, place)
    for (w, whole) in zip(fit.weights, once.weights) {
      let furthest = zip(w, whole + whole).map { abs(2 * $0 - $1) }.max()!
      #expect(furthest <= 1e-3 * whole.map(abs).max()!, "\(w), and \(whole): \(place)")
    }
  }

  @Test("columns that depend on one another", arguments: cases)
  func dependent(_ test: SolverCase) throws {
    let whole = try test.fit()
    // a, b, c, a + b, 5·c
    let fit = try test.withRows { $0 + [$0[0] + $0[1], 5 * $0[2]] }.fit()
    let place: Comment = "\(fit.objective), \(fit.stopReason); \(whole.objective) of the columns alone"
    #expect(abs(fit.objective - whole.objective) <= 1e-8 * whole.objective, place)
    for w in fit.weights {
      let scale = w.map(abs).max()!
      #expect(abs(w[0] + w[1] - w[3]) <= 1e-3 * scale, "\(w): \(place)")
      #expect(abs(5 * w[2] - w[4]) <= 1e-3 * scale, "\(w): \(place)")
    }
  }

  @Test("a constant column", arguments: cases)
  func constant(_ test: SolverCase) throws {
    let whole = try test.fit()
    let fit = try test.withRows { $0 + [3] }.fit()
    let place: Comment = "\(fit.objective), \(fit.stopReason); \(whole.objective) without the column"
    #expect(abs(fit.objective - whole.objective) <= 1e-8 * whole.objective, place)
  }

  @Test("a constant column has no weight: the bias takes its part for nothing", arguments: constantCases)
  func constantWeight(_ test: SolverCase) throws {
    for w in try test.withRows({ $0 + [3] }).fit().weights {
      #expect(abs(w[3]) <= 1e-3 * w.map(abs).max()!, "\(w)")
    }
  }

  /// What descends from zero shares it between the two.
  static let constantCases = cases.filter { !($0.solver is LBFGS || $0.solver is GradientDescent) }

  static let wideCases = cases.filter {
    $0.problem.loss.task == .regression && $0.problem.loss.link == .identity
  }

  @Test("more columns than rows", arguments: wideCases)
  func wide(_ test: SolverCase) throws {
    let numbers = Zoo.numbers(40, seed: 31)
    // Centred, so that the bias has no part in it.
    let means = (0..<8).map { j in stride(from: j, to: 40, by: 8).reduce(0) { $0 + numbers[$1] / 5 } }
    let rows = stride(from: 0, to: 40, by: 8).map { i in (0..<8).map { numbers[i + $0] - means[$0] } }
    let targets = Zoo.numbers(5, seed: 32, scale: 0.3)
    let fit = try test.with { $0.rows = Rows(x: rows, labels: [], classes: 1, values: targets) }.fit()
    #expect(fit.objective <= 1e-10, "\(fit.objective), \(fit.stopReason)")
    let (w, expected) = (fit.weights[0], try leastNorm(rows, targets))
    let scale = expected.map(abs).max()!
    let furthest = zip(w, expected).map { abs($0 - $1) }.max()!
    #expect(furthest <= 1e-3 * scale, "\(w), and \(expected)")
  }

  @Test(
    "rows far from their mean, and without an intercept", arguments: cases.filter { $0.solver is Newton })
  func offset(_ test: SolverCase) throws {
    for hasIntercept in [true, false] {
      // a + 1000, b, c, a + b, b: without an intercept a constant is a feature like others.
      let fit = try test.with { $0.hasIntercept = hasIntercept }.withRows {
        [$0[0] + 1000, $0[1], $0[2], $0[0] + $0[1], $0[1], 3]
      }.fit()
      // The directions that no row sees.
      var unseen = [[0, 1.0, 0, 0, -1, 0]]
      unseen.append(hasIntercept ? [0, 0, 0, 0, 0, 1] : [3, 3, 0, -3, 0, -1000])
      if hasIntercept { unseen.append([1, 1, 0, -1, 0, 0]) }
      for w in fit.weights {
        for direction in unseen {
          let product = zip(w, direction).reduce(0) { $0 + $1.0 * $1.1 }
          let size = w.map(abs).max()! * direction.map(abs).max()!
          #expect(abs(product) <= 1e-6 * size, "\(hasIntercept): \(w), \(direction)")
        }
      }
      if fit.weights.count > 1 {
        for j in 0..<6 { #expect(abs(fit.weights.reduce(0) { $0 + $1[j] }) <= 1e-9) }
      }
    }
  }

  /// The smallest weights that fit the targets, less their mean, exactly: those of the pseudoinverse.
  private func leastNorm(_ rows: [[Double]], _ targets: [Double]) throws -> [Double] {
    let mean = targets.reduce(0) { $0 + $1 / Double(targets.count) }
    return try SVD(Matrix(rows)).pseudoinverse.multiplied(by: targets.map { $0 - mean })
  }
}
