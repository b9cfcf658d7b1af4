import Descent
import Foundation

/// A training's way as a small curve of letters: `█▇▅▄▂▁`.
struct Sparkline {
  private static let levels = Array("▁▂▃▄▅▆▇█")

  /// A letter for each of so many places along `x`, by the last value up to there: from the first value to the last.
  ///
  /// Values that are all above 0 and lie further apart than 1 to 10 are drawn by their logarithms.
  static func text(_ points: [(x: Double, y: Double)], width: Int) -> String {
    guard width > 1, let first = points.first, let last = points.last, last.x > first.x else { return "" }
    let (low, high) = (points.map(\.y).min()!, points.map(\.y).max()!)
    let isLogarithmic = low > 0 && high > 10 * low
    func height(_ y: Double) -> Double { isLogarithmic ? log(y) : y }
    let width = min(width, points.count)
    var letters = "", next = 0
    for column in 0..<width {
      let end = first.x + (last.x - first.x) * Double(column) / Double(width - 1)
      while next + 1 < points.count, column == width - 1 || points[next + 1].x <= end { next += 1 }
      let share = high > low ? (height(points[next].y) - height(low)) / (height(high) - height(low)) : 0
      letters.append(levels[min(7, Int(share * 8 + 1e-9))])
    }
    return letters
  }

  /// A line about a training: how its gap fell, or its objective where nothing is proved; nil where there is no way to see.
  static func line(_ history: [Milestone]) -> String? {
    let gaps = history.compactMap { milestone in milestone.relativeGap.map { (x: milestone.passes, y: $0) } }
    let isProved = gaps.count >= 3
    let points = isProved ? gaps : history.map { (x: $0.passes, y: $0.objective) }
    guard points.count >= 3, points.allSatisfy({ $0.y.isFinite }) else { return nil }
    let curve = text(points, width: 24)
    guard !curve.isEmpty else { return nil }
    func number(_ value: Double) -> String { isProved ? percentage(value) + " %" : format(value, 4) }
    return
      "\(isProved ? "gap" : "objective") \(number(points[0].y)) \(curve) \(number(points[points.count - 1].y))"
  }
}
