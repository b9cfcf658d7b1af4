import Synchronization

/// What was asked and how long the answers took, in the words of Prometheus.
final class Traffic: Sendable {
  /// Upper bounds, in seconds.
  private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

  private struct Counts {
    var requests: [Int: Int] = [:]
    var rows = 0
    var seconds = 0.0
    var buckets = [Int](repeating: 0, count: bounds.count)
  }

  private let counts = Mutex(Counts())

  func count(status: Int, rows: Int, seconds: Double) {
    counts.withLock { counts in
      counts.requests[status, default: 0] += 1
      counts.rows += rows
      counts.seconds += seconds
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound { counts.buckets[index] += 1 }
    }
  }

  var text: String {
    let counts = counts.withLock { $0 }
    let total = counts.requests.values.reduce(0, +)
    var lines = ["# TYPE score_requests_total counter"]
    lines += counts.requests.sorted { $0.key < $1.key }.map {
      "score_requests_total{status=\"\($0.key)\"} \($0.value)"
    }
    lines += ["# TYPE score_rows_total counter", "score_rows_total \(counts.rows)"]
    lines.append("# TYPE score_seconds histogram")
    lines += zip(Self.bounds, counts.buckets).map { "score_seconds_bucket{le=\"\($0)\"} \($1)" }
    lines += ["score_seconds_bucket{le=\"+Inf\"} \(total)", "score_seconds_sum \(counts.seconds)"]
    lines.append("score_seconds_count \(total)")
    return lines.joined(separator: "\n") + "\n"
  }
}
