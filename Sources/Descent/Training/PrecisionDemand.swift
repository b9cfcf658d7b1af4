internal import LinearAlgebra

/// Why a model of some data would lose accuracy in single precision.
public struct PrecisionDemand: Sendable, Equatable {
  /// What demands it.
  public enum Subject: Sendable, Equatable {
    /// The number and the name of a column.
    case feature(Int, name: String?)
    case target
  }

  public enum Reason: Sendable, Equatable {
    /// The mean is so many times the spread: a model takes features as they are, and its bias holds what their means
    /// and the target's come to. Rounded to Float it would move all predictions by some of that.
    case offset(Double)
    /// Magnitudes about this, whose squares Float cannot hold.
    case magnitude(Double)
    /// All targets are this number, which is none of Float's.
    case constant(Double)
  }

  public let subject: Subject
  public let reason: Reason

  /// Means of up to so many times the spread cost Float nothing that shows: rounding the parameters moves predictions by
  /// 2⁻²⁵ of the mean. Measured on one column: at 100 times, a squared error rises by a share of 5e-7 where R² is 0.9999 and
  /// of 5e-5 where it is 0.999999. Classes are never told so sharply, and their images have pixels that differ in one of
  /// many: at 1000 times the share is 5e-7 at R² 0.99.
  static func greatestOffset(_ task: LearningTask) -> Double { task == .regression ? 100 : 1000 }

  /// Squares and products of numbers within these are far from the ends of Float's range.
  static let magnitudes = 1e-15...1e15

  init?(
    _ subject: Subject, mean: Double, deviation: Double, magnitude: Double, factor: Double = 1,
    task: LearningTask
  ) {
    // What is not finite is none of Double's either.
    guard magnitude.isFinite, magnitude > 0 else { return nil }
    self.subject = subject
    if deviation > 0, abs(mean) > Self.greatestOffset(task) * deviation {
      reason = .offset(abs(mean) / deviation)
    } else if !Self.magnitudes.contains(magnitude * abs(factor)) {
      reason = .magnitude(magnitude * abs(factor))
    } else if deviation > 0, !Self.magnitudes.contains(deviation * abs(factor)) {
      reason = .magnitude(deviation * abs(factor))
    } else {
      return nil
    }
  }

  init(constantTarget value: Double) { (subject, reason) = (.target, .constant(value)) }
}

extension Trainer {
  /// Why `data` should be trained from in double precision; nil where single precision serves as well. Ids, years,
  /// timestamps and account balances are often far from 0 and near each other, and pixels are not.
  ///
  /// The moments of the columns that it looks at are those of standard scaling, and are computed once.
  public func precisionDemand(of data: Dataset) -> PrecisionDemand? {
    guard data.rows > 0 else { return nil }
    return featureDemand(data) ?? data.targets.precisionDemand
  }

  private func featureDemand(_ data: Dataset) -> PrecisionDemand? {
    if data.features.holdsBytes, scaling != .standard { return nil }
    let moments =
      (data.features as? SparseStorage).map { ColumnMoments(ofFullColumns: $0) }
      ?? ColumnMoments.of(data.features)
    let factor = if case .factor(let factor) = scaling { factor } else { 1.0 }
    let demands = (0..<data.columns).lazy.compactMap { j in
      PrecisionDemand(
        .feature(j, name: data.featureNames.isEmpty ? nil : data.featureNames[j]), mean: moments.means[j],
        deviation: moments.deviations[j], magnitude: moments.magnitudes[j], factor: factor,
        task: loss.task)
    }
    return demands.first
  }
}

extension Targets {
  fileprivate var precisionDemand: PrecisionDemand? {
    guard case .values(let values, let width) = self, width > 0, rows > 0 else { return nil }
    for column in 0..<width {
      let numbers = stride(from: values.startIndex + column, to: values.endIndex, by: width).map {
        values[$0]
      }
      let magnitude = numbers.reduce(0) { max($0, abs($1)) }
      if numbers.allSatisfy({ $0 == numbers[0] }) {
        if Double(Float(numbers[0])) != numbers[0] { return PrecisionDemand(constantTarget: numbers[0]) }
        continue
      }
      let share = 1 / Double(numbers.count)
      let mean = numbers.reduce(0) { $0 + $1 * share }
      let unit = max(magnitude, .leastNormalMagnitude)
      let square = numbers.reduce(0) { $0 + ($1 - mean) / unit * (($1 - mean) / unit) * share }
      if let demand = PrecisionDemand(
        .target, mean: mean, deviation: unit * square.squareRoot(), magnitude: magnitude, task: .regression)
      {
        return demand
      }
    }
    return nil
  }
}

extension ColumnMoments {
  /// Those of sparse rows, as far as the precision depends on them. A column of which a share z of the rows is 0 has a mean
  /// of at most 1/√z times its spread: only the spread of columns almost without zeros is looked at, and is 0 for others.
  init(ofFullColumns storage: SparseStorage) {
    let columns = storage.columns
    var counts = [Int](repeating: 0, count: columns)
    var (sums, magnitudes) = (counts.map { _ in 0.0 }, counts.map { _ in 0.0 })
    let share = 1 / Double(max(1, storage.rows))
    for k in storage.indices.indices {
      let (j, x) = (Int(storage.indices[k]), storage.value(k))
      counts[j] += 1
      sums[j] += x * share
      magnitudes[j] = max(magnitudes[j], abs(x))
    }
    let offset = PrecisionDemand.greatestOffset(.regression)
    let most = offset * offset
    let isFull = counts.map { Double(storage.rows - $0) * most <= Double(storage.rows) }
    var deviations = counts.map { _ in 0.0 }
    if isFull.contains(true) {
      for k in storage.indices.indices where isFull[Int(storage.indices[k])] {
        let j = Int(storage.indices[k])
        let difference = (storage.value(k) - sums[j]) / magnitudes[j]
        deviations[j] += difference * difference * share
      }
      for j in 0..<columns where isFull[j] {
        let zeros = Double(storage.rows - counts[j]) * share
        let mean = magnitudes[j] > 0 ? sums[j] / magnitudes[j] : 0
        let spread = magnitudes[j] * (deviations[j] + zeros * mean * mean).squareRoot()
        // What rounding leaves of a constant column is no spread.
        deviations[j] = spread > 1e-15 * magnitudes[j] ? spread : 0
      }
    }
    self.init(means: sums, deviations: deviations, magnitudes: magnitudes)
  }
}
