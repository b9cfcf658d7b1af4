internal import LinearAlgebra

/// Why a model of some data would lose accuracy in single precision.
public struct PrecisionDemand: Sendable, Equatable {
  /// What demands it.
  public enum Subject: Sendable, Equatable {
    /// The number and the name of a column.
    case feature(Int, name: String?)
    /// The numbers that a regression learns from.
    case target
    /// Of a regression without a penalty.
    case coefficients
  }

  /// What single precision would lose, and by what number that is seen.
  public enum Reason: Sendable, Equatable {
    /// The mean is so many times the spread: a model takes features as they are, and its bias holds what their means
    /// and the target's come to. Rounded to Float it would move all predictions by some of that.
    case offset(Double)
    /// Magnitudes about this, whose squares Float cannot hold.
    case magnitude(Double)
    /// All targets are this number, which is none of Float's.
    case constant(Double)
    /// The coefficients of an unpenalised regression are read for themselves, and depend on each other as much as the
    /// features do.
    case unpenalised
  }

  /// The first that demands it: coefficients, then features in the order of their columns, then the targets.
  public let subject: Subject
  /// What Float would lose of it.
  public let reason: Reason

  /// Means of up to so many times the spread cost Float nothing that shows: rounding the parameters moves predictions by
  /// 2⁻²⁵ of the mean. Measured on one column: at 100 times, a squared error rises by a share of 5e-7 where R² is 0.9999 and
  /// of 5e-5 where it is 0.999999. Classes are never told so sharply: at 2000 times the share is 2e-6 at R² 0.99.
  static func greatestOffset(_ task: LearningTask) -> Double { task == .regression ? 100 : 2000 }

  /// Squares and products of numbers within these are far from the ends of Float's range.
  static let magnitudes = 1e-15...1e15

  init?(
    _ subject: Subject, mean: Double, deviation: Double, low: Double, high: Double, factor: Double = 1,
    task: LearningTask
  ) {
    let magnitude = max(abs(low), abs(high))
    // What is not finite is none of Double's either.
    guard magnitude.isFinite, magnitude > 0 else { return nil }
    self.subject = subject
    // A pixel that differs in one of many images has a small deviation, and a small share in all predictions.
    let spread = max(deviation, high / 4 - low / 4)
    if deviation > 0, abs(mean) > Self.greatestOffset(task) * spread {
      reason = .offset(abs(mean) / spread)
    } else if !Self.magnitudes.contains(magnitude * abs(factor)) {
      reason = .magnitude(magnitude * abs(factor))
    } else if deviation > 0, !Self.magnitudes.contains(deviation * abs(factor)) {
      reason = .magnitude(deviation * abs(factor))
    } else {
      return nil
    }
  }

  init(constantTarget value: Double) { (subject, reason) = (.target, .constant(value)) }

  private init(_ subject: Subject, _ reason: Reason) { (self.subject, self.reason) = (subject, reason) }

  static let unpenalised = PrecisionDemand(.coefficients, .unpenalised)
}

extension Trainer {
  /// Why `data` should be trained from in double precision; nil where single precision serves as well. Ids, years,
  /// timestamps and account balances are often far from 0 and near each other, and pixels are not.
  ///
  /// The moments of the columns that it looks at are those of standard scaling, and are computed once.
  public func precisionDemand(of data: Dataset) -> PrecisionDemand? {
    guard data.rows > 0 else { return nil }
    if case .linear = model, loss.task == .regression, penalty.isNone {
      return .unpenalised
    }
    return featureDemand(data) ?? data.targets.precisionDemand
  }

  private func featureDemand(_ data: Dataset) -> PrecisionDemand? {
    if data.features.holdsBytes, scaling != .standard { return nil }
    let moments = ColumnMoments.of(data.features, among: communicator.map { Ranks($0) })
    let factor = if case .factor(let factor) = scaling { factor } else { 1.0 }
    let demands = (0..<data.columns).lazy.compactMap { j in
      PrecisionDemand(
        .feature(j, name: data.featureNames.isEmpty ? nil : data.featureNames[j]), mean: moments.means[j],
        deviation: moments.deviations[j], low: moments.lows[j], high: moments.highs[j], factor: factor,
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
      let (low, high) = (numbers.min()!, numbers.max()!)
      if low == high {
        if Double(Float(numbers[0])) != numbers[0] { return PrecisionDemand(constantTarget: numbers[0]) }
        continue
      }
      let share = 1 / Double(numbers.count)
      let mean = numbers.reduce(0) { $0 + $1 * share }
      let unit = max(abs(low), abs(high))
      let square = numbers.reduce(0) { $0 + ($1 - mean) / unit * (($1 - mean) / unit) * share }
      if let demand = PrecisionDemand(
        .target, mean: mean, deviation: unit * square.squareRoot(), low: low, high: high, task: .regression)
      {
        return demand
      }
    }
    return nil
  }
}
