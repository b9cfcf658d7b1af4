internal import Foundation

extension Drawing {
  /// What ``legend(of:y:)`` takes of the height.
  static let legendHeight = 12 + 22

  /// A bar of the scale's colours, centred, with the numbers at its ends and its middle below.
  mutating func legend(of scale: DivergingScale, y: Int) {
    guard scale.limit > 0 else {
      return write(Words(text: "all weights are 0", x: width / 2, y: y + 14, anchor: .middle))
    }
    let steps = 50
    let step = max(min(width * 3 / 5, 400) / (2 * steps + 1), 1)
    let bar = Frame(x: (width - step * (2 * steps + 1)) / 2, y: y, width: step * (2 * steps + 1), height: 12)
    fill(bar.grown(by: 1), .frame)
    for i in -steps...steps {
      let frame = Frame(x: bar.x + (i + steps) * step, y: y, width: step, height: bar.height)
      fill(frame, scale.colour(of: Double(i) / Double(steps) * scale.limit))
    }
    let (below, above) = scale.clips ? ("<= ", ">= ") : ("", "")
    let ends = [
      (below + shortNumber(-scale.limit), bar.x), ("0", width / 2),
      (above + shortNumber(scale.limit), bar.x + bar.width),
    ]
    for (text, x) in ends {
      write(Words(text: text, x: x, y: y + bar.height + 14, anchor: .middle))
    }
  }
}

/// A number in at most three digits, the same in every locale.
func shortNumber(_ number: Double) -> String { String(format: "%.3g", number) }
