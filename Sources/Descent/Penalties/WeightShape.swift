/// The shape of the weights that a penalty acts on: a matrix `[outputs, inputs]`, row-major.
///
/// Row c holds the weights of class c, column j those of feature j over all classes.
public struct WeightShape: Sendable, Equatable {
  /// Rows: the classes, or the numbers that a layer puts out.
  public let outputs: Int
  /// Columns: the features, or the numbers that go into a layer.
  public let inputs: Int
  /// As many weights as the spans hold that go with it.
  public var count: Int { outputs * inputs }

  /// Keeps the numbers unchecked.
  public init(outputs: Int, inputs: Int) { (self.outputs, self.inputs) = (outputs, inputs) }
}

/// The smallest parts of a matrix of weights that a penalty is a sum over: what one of them does is no matter of the
/// others, so that each may be looked at alone, as a matrix of its own.
public enum WeightUnit: Sendable {
  /// Each weight by itself, `[1, 1]`, so that steps may cut the matrix anywhere.
  case weight
  /// The weights of one class, `[1, inputs]`.
  case row
  /// The weights of one feature, `[outputs, 1]`.
  case column
  /// No smaller part than the matrix `[outputs, inputs]`: what is assumed of a penalty that says nothing.
  case whole
}
