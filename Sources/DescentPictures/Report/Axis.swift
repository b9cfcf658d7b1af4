internal import Foundation

/// From numbers to places along a line, with ticks at round numbers.
struct Axis {
  let low, high: Double
  let isLogarithmic: Bool
  let ticks: [Double]

  /// Holds all of `numbers`, which are above 0 where it is logarithmic.
  init(_ numbers: [Double], isLogarithmic: Bool = false, range: ClosedRange<Double>? = nil) {
    self.isLogarithmic = isLogarithmic
    var (low, high) = (range?.lowerBound ?? numbers.min() ?? 0, range?.upperBound ?? numbers.max() ?? 1)
    // What is beyond stands at the edge: ticks around it would be no numbers.
    (low, high) = (min(max(low, -1e150), 1e150), min(max(high, -1e150), 1e150))
    if isLogarithmic {
      (low, high) = (max(low, 1e-150), max(high, 1e-150))
      // Whole powers of ten, about five of them.
      let (first, last) = (Int(log10(low).rounded(.down)), Int(log10(high).rounded(.up)))
      let step = max(1, (last - first + 4) / 5)
      let powers = stride(from: first, through: max(last, first + 1) + step - 1, by: step)
      ticks = powers.map { pow(10, Double($0)) }
      (low, high) = (ticks[0], ticks[ticks.count - 1])
    } else {
      if high - low <= max(1e-150, 1e-12 * max(abs(low), abs(high))) {
        (low, high) = (low - 0.5 * max(1, abs(low)), high + 0.5 * max(1, abs(high)))
      }
      let step = Self.step(over: high - low)
      // Around the numbers, or within the range; a little more than a whole number of steps is one.
      let slack = range == nil ? 1e-9 : -1e-9
      let first = (low / step + slack).rounded(range == nil ? .down : .up)
      let last = (high / step - slack).rounded(range == nil ? .up : .down)
      ticks = (0...max(1, Int(last - first))).map { (first + Double($0)) * step }
      if range == nil { (low, high) = (ticks[0], ticks[ticks.count - 1]) }
    }
    (self.low, self.high) = (low, high)
  }

  /// 1, 2 or 5 times a power of ten, some five of them over a span.
  private static func step(over span: Double) -> Double {
    let power = pow(10, log10(span / 5).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { span / $0 <= 6 } ?? 10 * power
  }

  /// 0 at the lower end, 1 at the upper.
  func share(of number: Double) -> Double {
    let share = isLogarithmic ? log10(number / low) / log10(high / low) : (number - low) / (high - low)
    return min(max(share, 0), 1)
  }

  /// The text of a tick: a power of ten as such, thousands and millions by their letters.
  func label(_ tick: Double) -> String {
    guard isLogarithmic else {
      let size = max(abs(low), abs(high))
      let unit = size < 1e4 || size >= 1e10 ? (1, "") : size < 1e7 ? (1e3, "k") : (1e6, "M")
      // As many digits as tell one tick from the next.
      let digits = log10(size / (ticks[1] - ticks[0])).rounded(.up) + 1
      return tick == 0 ? "0" : Self.text(tick / unit.0, digits: min(max(4, Int(digits)), 15)) + unit.1
    }
    if (0.01...1000).contains(tick) { return Self.text(tick) }
    let digits: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
      "9": "⁹",
    ]
    return "10" + String(String(Int(log10(tick).rounded())).compactMap { digits[$0] })
  }

  /// A number in as many digits as a tick needs.
  static func text(_ number: Double, digits: Int = 4) -> String {
    let number = abs(number) < 1e-12 ? 0 : number
    let isLong = (1e4..<1e7).contains(abs(number))
    return String(format: isLong && digits <= 4 ? "%.0f" : "%.\(digits)g", number).replacingOccurrences(
      of: "-", with: "−")
  }
}
