/// The shape of the weights that a penalty acts on: a matrix `[outputs, inputs]`, row-major.
///
/// Row c holds the weights of class c, column j those of feature j over all classes.
public struct WeightShape: Sendable, Equatable {
  public let outputs: Int
  public let inputs: Int
  public var count: Int { outputs * inputs }

  public init(outputs: Int, inputs: Int) { (self.outputs, self.inputs) = (outputs, inputs) }
}

/// The smallest parts of a matrix of weights that a penalty is a sum over: what one of them does is no matter of the
/// others, so that each may be looked at alone, as a matrix of its own.
public enum WeightUnit: Sendable {
  case weight
  /// The weights of one class, `[1, inputs]`.
  case row
  /// The weights of one feature, `[outputs, 1]`.
  case column
  case whole
}
