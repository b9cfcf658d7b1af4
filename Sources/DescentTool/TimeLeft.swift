import Descent
import Foundation

/// How long a training may go on.
///
/// By its epochs, where their number is known; else a guess: a gap, or what is left of the objective's fall, that shrinks by a
/// share in each second, as it did of late, reaches the tolerance then. Its time limit is the most.
struct TimeLeft {
  /// Those that the training will make; nil where it is not known.
  let passes: Double?
  private let tolerance: Double
  private let limit: Double?
  private var history: [Milestone] = []
  private let start = ContinuousClock.now

  init(passes: Double?, tolerance: Double, limit: Duration?) {
    (self.passes, self.tolerance) = (passes, tolerance)
    self.limit = limit.map { $0 / .seconds(1) }
  }

  mutating func add(_ milestone: Milestone) { if passes == nil { history.append(milestone) } }

  /// As `12 s`, `~12 s` where it is a guess, or `at most 12 s`; nil where nothing is known.
  func text(at milestone: Milestone) -> String? {
    let most = limit.map { max(0, $0 - (ContinuousClock.now - start) / .seconds(1)) }
    if let passes {
      let left = milestone.seconds * max(0, passes - milestone.passes) / max(milestone.passes, 1e-9)
      return duration(min(left, most ?? .infinity))
    }
    if let guess = byGap ?? byObjective, guess < most ?? .infinity { return "~" + duration(guess) }
    return most.map { "at most " + duration($0) }
  }

  /// By the second half of the time so far.
  private var byGap: Double? {
    let gaps = history.compactMap { milestone in
      milestone.relativeGap.map { (seconds: milestone.seconds, logarithm: log($0)) }
    }
    guard let last = gaps.last, let half = gaps.last(where: { $0.seconds <= last.seconds / 2 }) else {
      return nil
    }
    let fall = (half.logarithm - last.logarithm) / (last.seconds - half.seconds)
    return plausible((last.logarithm - log(tolerance)) / fall, fall, last.seconds)
  }

  /// By the last two quarters of it: where one fell by r times what the one before it did, all that come will fall by
  /// r/(1 − r) times the last one's. A proof wants more than the tolerance: a tenth of it.
  private var byObjective: Double? {
    guard let last = history.last, history.count > 5 else { return nil }
    let values = [0.5, 0.75, 1].map { share in
      history.last { $0.seconds <= share * last.seconds }?.objective ?? .nan
    }
    let ratio = (values[1] - values[2]) / (values[0] - values[1])
    let rest = (values[1] - values[2]) * ratio / (1 - ratio)
    let fall = -log(ratio) / (last.seconds / 4)
    return plausible(log(rest / (0.1 * tolerance * abs(last.objective))) / fall, fall, last.seconds)
  }

  /// What hardly falls, or fell below already, tells nothing.
  private func plausible(_ left: Double, _ fall: Double, _ seconds: Double) -> Double? {
    fall > 0 && left > 0 && left < 100 * seconds ? left : nil
  }
}

extension Milestone {
  /// The gap's share of the objective; nil where there is none that is above 0.
  var relativeGap: Double? {
    gap.flatMap { $0.isFinite && $0 > 0 && objective != 0 ? $0 / abs(objective) : nil }
  }
}
