internal import LinearAlgebra

/// A price on weights: what the objective adds to the mean loss. Biases are never penalised.
///
/// A penalty R(W) acts on a matrix of weights, those of the features as the model sees them: scaled. It is the sum of a
/// smooth part, which solvers see through its gradient, and of one with kinks, which they see through its proximal
/// operator. What else may be known of a penalty are capabilities, nil where it has not got them. A solver asks for those
/// that it needs, and refuses by name what lacks one.
///
/// A penalty of your own is one conformance; `PenaltyLaws` among the tests shows what must hold of it.
public protocol Penalty: Sendable {
  /// The name that the command line and model files give it.
  var name: String { get }

  /// How it stands in the printed objective: a formula of W and its settings.
  var formula: String { get }

  /// All that is set of it besides the name: with its ``name`` these make it again, see ``Penalties``.
  var settings: [Setting] { get }

  /// The penalty with such settings; those that are not given stay as they are.
  func with(_ settings: [Setting]) throws(SettingError) -> Self

  /// price · R(factor · W): the penalty of weights that a change of units makes `factor` times smaller, beside losses that
  /// it makes `price` times larger.
  ///
  /// All features in units of u are scaled by 1/u, and their weights are u times as large: R(W/u) of the new weights is
  /// what R(W) was of the old. With a factor for each feature, as standard scaling has, a penalty on the weights as they
  /// are written would need a strength for each: ``FeatureElasticNet`` has such.
  func scaled(by factor: Double, price: Double) -> Self

  /// The names of all settings that there are of it, also of those that ``settings`` leaves out where nothing is set.
  var settable: [String] { get }

  /// The penalty on the weights of these features. One that treats them differently learns here which they are; others are
  /// what they were. A ``Trainer`` asks it of every penalty.
  ///
  /// - Throws: ``PenaltyError`` where there are no such features.
  func resolved(for features: PenalisedFeatures) throws(PenaltyError) -> any Penalty

  /// A simpler penalty R' that comes to the same in other units of the features, R(W) = R'(W·diag(units)): then all that is
  /// known of R' is of use. Nil where there is none.
  var inUnits: (units: [Double], penalty: any Penalty)? { get }

  /// The parts that it is a sum over.
  var unit: WeightUnit { get }

  /// R(W), summed in Double. O(weights).
  func value<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> Double

  /// Adds the gradient of the smooth part to `gradient`. O(weights).
  func addGradient<Element: KernelScalar>(
    _ weights: Span<Element>, _ shape: WeightShape, to gradient: inout MutableSpan<Element>)

  /// The part with kinks, which `addGradient(_:_:to:)` leaves out; nil where the penalty is smooth.
  var kinks: (any ProximablePenalty)? { get }

  /// The penalty with its conjugate, which proves bounds; nil where that is not known, and where nothing is penalised.
  var dual: (any DualPenalty)? { get }

  /// The strengths of a penalty that is l1·‖W‖₁ + (l2/2)·‖W‖²; nil for any other.
  var elasticNet: (l1: Double, l2: Double)? { get }
}

extension Penalty {
  public var settings: [Setting] { [] }
  public func with(_ settings: [Setting]) throws(SettingError) -> Self { self }
  public var settable: [String] { settings.map(\.name) }
  public func resolved(for features: PenalisedFeatures) throws(PenaltyError) -> any Penalty { self }
  public var inUnits: (units: [Double], penalty: any Penalty)? { nil }
  public var unit: WeightUnit { .whole }
  public func addGradient<Element: KernelScalar>(
    _ weights: Span<Element>, _ shape: WeightShape, to gradient: inout MutableSpan<Element>
  ) {}
  public var kinks: (any ProximablePenalty)? { nil }
  public var dual: (any DualPenalty)? { nil }
  public var elasticNet: (l1: Double, l2: Double)? { nil }

  /// Whether it is known to be 0 whatever the weights.
  var isNone: Bool { elasticNet.map { $0.l1 == 0 && $0.l2 == 0 } ?? false }
}

func checkedStrength(_ strength: Double) -> Double {
  require(strength >= 0 && strength.isFinite, "a penalty of strength \(strength)")
  return strength
}
