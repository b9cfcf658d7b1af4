import Descent
import Foundation

/// Shows people how a training goes: one line that is rewritten on a terminal, else a line now and then.
final class ProgressLine {
  private let rows: Int
  /// Passes that the training will make, where that is known.
  private let passes: Double?
  private let isVerbose: Bool
  private var lastShown = 0.0

  init(rows: Int, passes: Double?, isVerbose: Bool) {
    (self.rows, self.passes, self.isVerbose) = (rows, passes, isVerbose)
  }

  func show(_ milestone: Milestone) {
    let line = describe(milestone)
    let isLast = passes.map { milestone.passes >= $0 } ?? false
    if Console.isTerminal && !isVerbose {
      // A tenth of a second apart: more than that nobody reads.
      guard milestone.seconds - lastShown > 0.1 || isLast else { return }
      Console.status(line)
    } else {
      guard isVerbose || milestone.seconds - lastShown > 2 else { return }
      Console.say(line)
    }
    lastShown = milestone.seconds
  }

  /// Clears the line that was rewritten.
  func end() { if Console.isTerminal && !isVerbose { Console.status("") } }

  private func describe(_ milestone: Milestone) -> String {
    var parts = ["pass \(format(milestone.passes, 4))"]
    if let passes { parts[0] += " of \(format(passes, 4))" }
    parts.append("objective \(format(milestone.objective, 6))")
    if let gap = milestone.gap, gap.isFinite {
      parts.append("gap \(format(gap / abs(milestone.objective), 2)) relative")
    }
    let rate = milestone.passes * Double(rows) / max(milestone.seconds, 1e-9)
    parts.append("\(thousands(rate)) rows/s")
    if let passes {
      let left = milestone.seconds * max(0, passes - milestone.passes) / max(milestone.passes, 1e-9)
      parts.append("\(duration(left)) left")
    }
    return parts.joined(separator: "  ")
  }
}

/// A number with so many significant digits, the point always a point.
func format(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)g", value) }

/// `950`, `12.3k`, `4.56M`
func thousands(_ value: Double) -> String {
  if value < 999.5 { return format(value.rounded(), 3) }
  return value < 999_500 ? format(value / 1e3, 3) + "k" : format(value / 1e6, 3) + "M"
}

func percent(_ value: Double?) -> String { value.map { String(format: "%.2f %%", 100 * $0) } ?? "–" }

func duration(_ seconds: Double) -> String {
  if seconds < 10 { return String(format: "%.1f s", seconds) }
  if seconds < 90 { return String(format: "%.0f s", seconds) }
  return String(
    format: "%.0f min %02.0f s", (seconds / 60).rounded(.down), seconds.truncatingRemainder(dividingBy: 60))
}
