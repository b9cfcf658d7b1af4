internal import LinearAlgebra

/// A ``ResidualPair`` for each row, or for each weight under l1: what is done to all of them, on all threads.
struct ResidualPairs: Sendable {
  /// τ
  let level: Double
  /// What each counts for.
  let shares: [Double]
  let parts: Parts
  private let numbers: RowBuffer<Double>
  /// Of a sum.
  private let terms: RowBuffer<Double>

  init(level: Double, shares: [Double], e: [Double], slack: Double, pool: ThreadPool) {
    (self.level, self.shares) = (level, shares)
    parts = Parts(count: e.count, pool: pool)
    numbers = RowBuffer(rows: e.count, columns: ResidualPair.width)
    terms = RowBuffer(rows: e.count, columns: 1)
    parts.forEach { [numbers] range in
      numbers.update(range) { numbers in
        for i in range {
          ResidualPair(level: level, e: e[i], slack: slack).store(&numbers, i - range.lowerBound)
        }
      }
    }
  }

  var count: Int { parts.count }

  /// Σ of the products that are to become 0.
  var gap: Double { sum(\.gap) }

  var loss: Double { sum(\.loss) }

  func setCurvature() { change { pair, _ in pair.setCurvature() } }

  /// Sets the step by how the scores move, `[count, 1]`; returns the longest that leave residuals and multipliers inside.
  func setStep(_ scores: RowBuffer<Double>, _ centre: Double?) -> (residuals: Double, multipliers: Double) {
    let each = parts.each(2) { [numbers, level] range, least in
      var longest = (residuals: Double.infinity, multipliers: Double.infinity)
      numbers.update(range) { numbers in
        scores.read(range) { scores in
          for i in 0..<range.count {
            var pair = ResidualPair(numbers, i, level: level)
            pair.setStep(scores[i], centre)
            pair.store(&numbers, i)
            let own = pair.longest
            longest.residuals = min(longest.residuals, own.residuals)
            longest.multipliers = min(longest.multipliers, own.multipliers)
          }
        }
      }
      (least[0], least[1]) = longest
    }
    return stride(from: 0, to: each.count, by: 2).reduce((.infinity, .infinity)) {
      (min($0.0, each[$1]), min($0.1, each[$1 + 1]))
    }
  }

  /// ``gap`` after such steps.
  func gap(after residuals: Double, _ multipliers: Double) -> Double {
    sum { pair in
      var moved = pair
      moved.move(residuals, multipliers)
      return moved.gap
    }
  }

  /// Goes so far along the step; false where a residual is no number then.
  func move(_ residuals: Double, _ multipliers: Double, scores: RowBuffer<Double>) -> Bool {
    let unfit = parts.sum { [numbers, level] range in
      numbers.update(range) { numbers in
        scores.read(range) { scores in
          var unfit = 0.0
          for i in 0..<range.count {
            var pair = ResidualPair(numbers, i, level: level)
            pair.e -= residuals * scores[i]
            pair.move(residuals, multipliers)
            pair.store(&numbers, i)
            if !pair.e.isFinite { unfit += 1 }
          }
          return unfit
        }
      }
    }
    return unfit == 0
  }

  /// Writes a number of each of some to `values`.
  func read(
    _ range: Range<Int>, into values: inout MutableSpan<Double>, _ value: (ResidualPair) -> Double
  ) {
    numbers.update(range) { numbers in
      for i in 0..<range.count { values[i] = value(ResidualPair(numbers, i, level: level)) }
    }
  }

  /// The same of all, `[count, 1]`.
  func write(to buffer: RowBuffer<Double>, _ value: @Sendable (ResidualPair) -> Double) {
    parts.forEach { range in buffer.update(range) { read(range, into: &$0, value) } }
  }

  func values(_ value: @Sendable (ResidualPair) -> Double) -> [Double] {
    let buffer = RowBuffer<Double>(rows: count, columns: 1)
    write(to: buffer, value)
    return buffer.all
  }

  /// Added up one after the other: the sum is the same for any parts.
  private func sum(_ value: @Sendable (ResidualPair) -> Double) -> Double {
    write(to: terms, value)
    return terms.read(0..<count) { terms in shares.indices.reduce(0) { $0 + shares[$1] * terms[$1] } }
  }

  private func change(_ body: @Sendable (inout ResidualPair, Int) -> Void) {
    parts.forEach { [numbers, level] range in
      numbers.update(range) { numbers in
        for i in 0..<range.count {
          var pair = ResidualPair(numbers, i, level: level)
          body(&pair, range.lowerBound + i)
          pair.store(&numbers, i)
        }
      }
    }
  }
}
