internal import Foundation

/// What a ``GradientCheck`` found.
public struct GradientReport: Sendable {
  /// One derivative, computed both ways.
  public struct Entry: Sendable {
    /// A coordinate as `weights1[3, 17]`, or a random direction.
    public let name: String
    /// What the gradient that is checked says: its entry, or its product with the direction.
    public let analytic: Double
    /// The difference quotient of the function's values, central, and extrapolated to a step of 0.
    public let numeric: Double
    /// |analytic − numeric| relative to the greater of the two, or to a thousandth of the gradient's greatest entry
    /// where both are smaller, less what rounding of the function's values accounts for. At a kink, how far the analytic derivative lies outside the two one-sided ones.
    public let relativeError: Double
    /// The step of the difference that was found to be best.
    public let step: Double
    /// Whether the derivatives from the two sides disagree: no failure by itself.
    public let isKink: Bool
  }

  /// Along random unit vectors: each sees all coordinates at once.
  public let directions: [Entry]
  /// Of single parameters, a sample of each part.
  public let coordinates: [Entry]

  /// The greatest of all relative errors; 1 where a derivative has the wrong sign, or is not a number.
  public var relativeError: Double { (directions + coordinates).map(\.relativeError).max() ?? 0 }

  /// The coordinates whose two sides disagree; a direction that meets a kink is not among them.
  public var kinks: [Entry] { coordinates.filter(\.isKink) }

  /// The coordinates that agree least, worst first.
  public func worst(_ count: Int = 5) -> [Entry] {
    Array(coordinates.sorted { $0.relativeError > $1.relativeError }.prefix(count))
  }

  /// Whether all relative errors are below the tolerance; so they are where nothing was compared.
  public func passes(tolerance: Double = 1e-6) -> Bool { relativeError < tolerance }
}

extension GradientReport: CustomStringConvertible {
  public var description: String {
    let head =
      "gradient check: relative error \(short(relativeError)) over \(directions.count) directions and "
      + "\(coordinates.count) coordinates, \(kinks.count) of them at kinks"
    return ([head] + worst(passes() ? 0 : 5).map { "  \($0)" }).joined(separator: "\n")
  }
}

extension GradientReport.Entry: CustomStringConvertible {
  public var description: String {
    "\(name): analytic \(short(analytic)), numeric \(short(numeric)), relative error \(short(relativeError)), "
      + "step \(short(step))" + (isKink ? ", at a kink" : "")
  }
}

private func short(_ value: Double) -> String { String(format: "%.3g", value) }
