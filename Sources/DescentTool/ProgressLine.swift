import Descent
import Foundation

/// Shows people how a training goes: one line that is rewritten on a terminal, else a line now and then.
final class ProgressLine {
  private let rows: Int
  /// What a milestone ends: an epoch of batches, or a pass of a solver that sees all rows.
  private let unit: String
  private let isVerbose: Bool
  private var timeLeft: TimeLeft
  private var lastShown = 0.0

  init(rows: Int, trainer: Trainer, isVerbose: Bool) {
    (self.rows, self.isVerbose) = (rows, isVerbose)
    let batches = trainer.solver as? MiniBatch
    unit = batches == nil ? "pass" : "epoch"
    timeLeft = TimeLeft(
      passes: batches.map { Double($0.epochs(rows: rows)) }, tolerance: trainer.solver.tolerance,
      limit: trainer.timeLimit)
  }

  func show(_ milestone: Milestone) {
    timeLeft.add(milestone)
    let isRewritten = Terminal.errors.rewrites && !isVerbose
    let isLast = timeLeft.passes.map { milestone.passes >= $0 } ?? false
    // A tenth of a second apart: more than that nobody reads.
    let interval = isVerbose ? 0 : isRewritten ? 0.1 : 2
    guard milestone.seconds - lastShown > interval || isVerbose || isRewritten && isLast else { return }
    lastShown = milestone.seconds
    let line = describe(milestone)
    if isRewritten { StatusLine.show(line) } else { Console.say(line.text(fitting: .max)) }
  }

  private func describe(_ milestone: Milestone) -> StatusParts {
    var parts = StatusParts()
    let pass = format(milestone.passes, 4)
    if let passes = timeLeft.passes {
      parts.add("\(unit) \(pass) of \(format(passes, 4))", "\(pass)/\(format(passes, 4))")
    } else {
      parts.add("\(unit) \(pass)")
    }
    parts.add("objective \(format(milestone.objective, 6))", "obj \(format(milestone.objective, 4))")
    if let gap = milestone.gap, gap.isFinite {
      let share = percentage(gap / abs(milestone.objective))
      parts.add("gap \(share) %", "gap \(share)%")
    }
    if let loss = milestone.heldOutLoss {
      parts.add("held out \(format(loss, 5))", "held \(format(loss, 4))", importance: 1)
    }
    let rate = thousands(milestone.passes * Double(rows) / max(milestone.seconds, 1e-9))
    parts.add("\(rate) rows/s", "\(rate)/s", importance: 0)
    if let left = timeLeft.text(at: milestone) { parts.add("\(left) left", left, importance: 2) }
    return parts
  }
}

/// What a line of progress is made of. Where it is too long its parts are shortened, the last first, and then left out, the least
/// important first.
struct StatusParts {
  private var parts: [(long: String, short: String, importance: Int)] = []

  mutating func add(_ long: String, _ short: String? = nil, importance: Int = 3) {
    parts.append((long, short ?? long, importance))
  }

  func text(fitting width: Int) -> String {
    var shown = parts
    func text(_ separator: String) -> String { shown.map(\.long).joined(separator: separator) }
    for place in shown.indices.reversed() where text("  ").columns > width {
      shown[place].long = shown[place].short
    }
    while text(" ").columns > width,
      let least = shown.indices.min(by: { shown[$0].importance < shown[$1].importance }),
      shown.count > 1
    { shown.remove(at: least) }
    return text(text("  ").columns > width ? " " : "  ")
  }
}

/// A number with so many significant digits, the point always a point.
func format(_ value: Double, _ digits: Int) -> String {
  let text = String(format: "%.\(digits)g", value)
  // Prices and counts are read as such, up to ten millions.
  guard let rounded = Double(text), abs(rounded) >= pow(10, Double(digits)), abs(rounded) < 1e7 else {
    return text
  }
  return String(format: "%.0f", rounded)
}

/// `950`, `12.3k`, `4.56M`
func thousands(_ value: Double) -> String {
  if value < 999.5 { return format(value.rounded(), 3) }
  return value < 999_500 ? format(value / 1e3, 3) + "k" : format(value / 1e6, 3) + "M"
}

func percent(_ value: Double?) -> String { value.map { String(format: "%.2f %%", 100 * $0) } ?? "–" }

/// Of shares that may be as small as 1e-12: `0.00028`, `12`, `340`
func percentage(_ share: Double) -> String {
  let value = 100 * share
  return value >= 99.5 && value < 1e6 ? String(format: "%.0f", value) : format(value, 2)
}

func duration(_ seconds: Double) -> String {
  if seconds < 10 { return String(format: "%.1f s", seconds) }
  if seconds < 90 { return String(format: "%.0f s", seconds) }
  if seconds > 36_000 { return String(format: "%.0f h", seconds / 3600) }
  return String(
    format: "%.0f min %02.0f s", (seconds / 60).rounded(.down), seconds.truncatingRemainder(dividingBy: 60))
}
