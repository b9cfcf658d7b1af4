internal import LinearAlgebra

/// The passes over the rows that one run has made: those its pass has walked, and those made before.
struct PassCount {
  private let walked: () -> Double
  private var before: Double

  /// - Parameter before: passes of the run over other rows, or in another precision.
  init<Element: KernelScalar>(of pass: Pass<Element>, after before: Double = 0) {
    (walked, self.before) = ({ pass.made }, before)
  }

  /// Of a run that goes on from where it had made so many; nil where it begins.
  init<Element: KernelScalar>(of pass: Pass<Element>, resumedAt made: Double?) {
    self.init(of: pass, after: made.map { $0 - pass.made } ?? 0)
  }

  var made: Double { before + walked() }

  /// Counts what was done to the rows by other means, in passes.
  mutating func add(_ passes: Double) { before += passes }
}
