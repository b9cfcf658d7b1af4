import Foundation

/// The records as a Markdown table.
struct Table {
  static let header = """
    | work | model | way | time | GFLOP/s | GB/s | of sgemm peak | of bandwidth | × naive |
    |---|---|---|--:|--:|--:|--:|--:|--:|
    """

  static func line(_ record: Record) -> String {
    let isCounted = record.flops > 0
    let cells = [
      record.work, record.shape, record.way + (record.threads > 1 ? ", \(record.threads) threads" : ""),
      time(record.seconds), isCounted ? number(record.flops / 1e9) : "",
      number(record.bytesPerSecond / 1e9), isCounted ? percent(record.shareOfPeak) : "",
      percent(record.shareOfBandwidth), number(record.speedup),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  static func footer(_ machines: [Machine]) -> String {
    machines.map { machine in
      "\(machine.threads) thread\(machine.threads == 1 ? "" : "s"): sgemm \(number(machine.peak / 1e9)) GFLOP/s, "
        + "memory read \(number(machine.read / 1e9)) GB/s, copied \(number(machine.copy / 1e9)) GB/s."
    }.joined(separator: "\n")
  }

  static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-6: "\(number(seconds * 1e9)) ns"
    case ..<1e-3: "\(number(seconds * 1e6)) µs"
    case ..<1: "\(number(seconds * 1e3)) ms"
    default: "\(number(seconds)) s"
    }
  }

  /// Three digits.
  static func number(_ value: Double) -> String {
    let digits = value <= 0 ? 0 : max(0, 2 - Int(log10(value).rounded(.down)))
    return String(format: "%.\(min(digits, 6))f", value)
  }

  private static func percent(_ share: Double) -> String { "\(number(100 * share)) %" }
}
