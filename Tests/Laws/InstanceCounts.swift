import Descent
import Testing

/// A law over no instance passes, whatever it says. So here is how many each has; a new one of a kind adds to them, and
/// what makes a law hollow fails here.
@Suite("Each law has instances")
struct InstanceCounts {
  /// A law of solvers, and what it had when it was last looked at.
  struct Law: Sendable, CustomStringConvertible {
    let description: String
    let cases: [SolverCase]
    let least: Int

    init(_ description: String, _ cases: [SolverCase], least: Int) {
      (self.description, self.cases, self.least) = (description, cases, least)
    }
  }

  /// Those that each solver comes under.
  static let ofSolvers: [Law] = [
    Law("the optimum is found in Double", SolverLaws.known, least: 300),
    Law("the optimum is found in Float", SolverLaws.knownInFloat, least: 300),
    Law("threads change no bits", SolverLaws.manyRows, least: 30),
    Law("a time limit ends it", SolverLaws.long, least: 20),
    Law("what it refuses it does not fit", SolverLaws.refused, least: 200),
    Law("certificates hold wherever it is stopped", CertificateLaws.cases, least: 300),
    Law("what a fit does not depend on", InvarianceLaws.cases, least: 100),
    Law("what a fit says is true", AuditLaws.cases.map(\.test), least: 300),
    Law("models without an intercept", InterceptLaws.cases, least: 100),
    Law("scores that are large", LargeScoreLaws.cases, least: 30),
    Law("stopped and resumed", ResumeCase.solvers, least: 20),
  ]

  @Test("each law of solvers has each solver of the table", arguments: ofSolvers)
  func solvers(_ law: Law) {
    for solver in Instances.solvers(1e-4) {
      #expect(law.cases.contains { $0.solver.words == solver.words }, "\(solver.words)")
    }
    #expect(law.cases.count >= law.least, "\(law.cases.count)")
  }

  @Test("each loss and each penalty has a solver that is under the laws")
  func problems() {
    for loss in Losses.all {
      #expect(InvarianceLaws.cases.contains { $0.problem.loss.name == loss.name }, "\(loss.name)")
    }
    for penalty in Penalties.all {
      #expect(InvarianceLaws.cases.contains { $0.problem.penalty.name == penalty.name }, "\(penalty.name)")
    }
  }

  /// Those that ask for more than a solver: how many instances have it, and had when that was last looked at.
  static let others: [(law: String, count: Int, least: Int)] = [
    ("losses", Instances.losses.count, 12),
    ("losses with a conjugate", CertificateLaws.dualLosses.count, 12),
    ("losses with curvature", CertificateLaws.curvedLosses.count, 9),
    ("losses whose formulas are written down", LargeScoreLaws.withFormulas.count, 12),
    ("penalties", Instances.penalties.count, 13),
    ("update rules", Instances.updateRules.count, 7),
    ("trainings that are resumed", ResumeCase.all.count, 40),
    ("classes without rows", SolverLaws.gapsCases.count, 15),
    ("one row", SolverLaws.oneRowCases.count, 15),
    ("a column that is there twice", InvarianceLaws.twiceCases.count, 40),
    ("least norm", LeastNormLaws.cases.count, 40),
    ("least norm, of a constant column", LeastNormLaws.constantCases.count, 15),
    ("least norm, of more columns than rows", LeastNormLaws.wideCases.count, 15),
    ("an intercept makes another problem", InterceptLaws.withIntercept.count, 15),
    ("three classes without an intercept", InterceptLaws.threeClasses.count, 10),
    ("bounds of any point", Zoo.waves.count, 60),
    ("far targets, and no penalty", ProofLaws.foundCases.count, 80),
    ("far targets in Float", ProofLaws.foundInFloatCases.count, 30),
    ("no minimum", ProofLaws.separableCases.count, 20),
    ("constant targets", ProofLaws.constantCases.count, 100),
  ]

  @Test("others have what they had", arguments: others)
  func counts(law: String, count: Int, least: Int) { #expect(count >= least) }
}
