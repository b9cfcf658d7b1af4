import DescentKernels

/// The kernels of one element type, so that every test is written once.
protocol KernelElement: BinaryFloatingPoint, Sendable where RawSignificand: FixedWidthInteger {
  typealias Scores = UnsafeMutablePointer<Self>
  typealias Labels = UnsafePointer<Int32>
  typealias Values = UnsafeMutablePointer<Double>
  static var softmax: (Scores, Values, Labels, Int, Int) -> Void { get }
  static var softmaxTargets: (Scores, Values, UnsafePointer<Self>, Int, Int) -> Void { get }
  static var hinge: (Scores, Values, Labels, Double, Int, Int) -> Void { get }
  static var squaredHinge: (Scores, Values, Labels, Double, Int, Int) -> Void { get }
  static var logistic: (Scores, Values, Labels, Int) -> Void { get }
  static var squared: (Scores, Values, UnsafePointer<Double>, Int) -> Void { get }
  static var huber: (Scores, Values, UnsafePointer<Double>, Double, Int) -> Void { get }
  static var poisson: (Scores, Values, UnsafePointer<Double>, Int) -> Void { get }
  static var probabilities: (Scores, Int, Int) -> Void { get }
  static var exp: (Scores, Int) -> Void { get }
  static var products: Products<Self, Self> { get }
  static var byteProducts: Products<Self, UInt8> { get }
  static var updates: Updates<Self> { get }
}

extension Float: KernelElement {
  static var softmax: (Scores, Values, Labels, Int, Int) -> Void { descent_softmax_float }
  static var softmaxTargets: (Scores, Values, UnsafePointer<Float>, Int, Int) -> Void {
    descent_softmax_targets_float
  }
  static var hinge: (Scores, Values, Labels, Double, Int, Int) -> Void { descent_hinge_float }
  static var squaredHinge: (Scores, Values, Labels, Double, Int, Int) -> Void { descent_squared_hinge_float }
  static var logistic: (Scores, Values, Labels, Int) -> Void { descent_logistic_float }
  static var squared: (Scores, Values, UnsafePointer<Double>, Int) -> Void { descent_squared_float }
  static var huber: (Scores, Values, UnsafePointer<Double>, Double, Int) -> Void { descent_huber_float }
  static var poisson: (Scores, Values, UnsafePointer<Double>, Int) -> Void { descent_poisson_float }
  static var probabilities: (Scores, Int, Int) -> Void { descent_probabilities_float }
  static var exp: (Scores, Int) -> Void { descent_exp_float }
  static var products: Products<Float, Float> {
    Products(scores: descent_scores_float, gradient: descent_gradient_float)
  }
  static var byteProducts: Products<Float, UInt8> {
    Products(scores: descent_scores_bytes_float, gradient: descent_gradient_bytes_float)
  }
  static var updates: Updates<Float> {
    Updates(
      momentum: descent_momentum_float, adagrad: descent_adagrad_float, rmsprop: descent_rmsprop_float,
      adam: descent_adam_float, softThreshold: descent_soft_threshold_float,
      softThresholds: descent_soft_thresholds_float, convertBytes: descent_convert_bytes_float,
      convertFloats: descent_convert_floats_float,
      areFinite: descent_are_finite_float)
  }
}

extension Double: KernelElement {
  static var softmax: (Scores, Values, Labels, Int, Int) -> Void { descent_softmax_double }
  static var softmaxTargets: (Scores, Values, UnsafePointer<Double>, Int, Int) -> Void {
    descent_softmax_targets_double
  }
  static var hinge: (Scores, Values, Labels, Double, Int, Int) -> Void { descent_hinge_double }
  static var squaredHinge: (Scores, Values, Labels, Double, Int, Int) -> Void { descent_squared_hinge_double }
  static var logistic: (Scores, Values, Labels, Int) -> Void { descent_logistic_double }
  static var squared: (Scores, Values, UnsafePointer<Double>, Int) -> Void { descent_squared_double }
  static var huber: (Scores, Values, UnsafePointer<Double>, Double, Int) -> Void { descent_huber_double }
  static var poisson: (Scores, Values, UnsafePointer<Double>, Int) -> Void { descent_poisson_double }
  static var probabilities: (Scores, Int, Int) -> Void { descent_probabilities_double }
  static var exp: (Scores, Int) -> Void { descent_exp_double }
  static var products: Products<Double, Double> {
    Products(scores: descent_scores_double, gradient: descent_gradient_double)
  }
  static var byteProducts: Products<Double, UInt8> {
    Products(scores: descent_scores_bytes_double, gradient: descent_gradient_bytes_double)
  }
  static var updates: Updates<Double> {
    Updates(
      momentum: descent_momentum_double, adagrad: descent_adagrad_double, rmsprop: descent_rmsprop_double,
      adam: descent_adam_double, softThreshold: descent_soft_threshold_double,
      softThresholds: descent_soft_thresholds_double, convertBytes: descent_convert_bytes_double,
      convertFloats: descent_convert_floats_double,
      areFinite: descent_are_finite_double)
  }
}

/// The two products for rows stored as `Stored`.
struct Products<T, Stored> {
  typealias Rows = UnsafePointer<Stored>
  var scores:
    (UnsafeMutablePointer<T>, Rows, Rows?, Int, UnsafePointer<T>, UnsafePointer<T>?, Int, Int, Int) -> Void
  var gradient: (UnsafeMutablePointer<T>, UnsafePointer<T>, Rows, Rows?, Int, Int, Int) -> Void
}

/// The updates of flat vectors.
struct Updates<T> {
  typealias Vector = UnsafeMutablePointer<T>
  typealias Source = UnsafePointer<T>
  var momentum: (Vector, Vector, Source, Double, Double, Bool, Int) -> Void
  var adagrad: (Vector, Vector, Source, Double, Double, Int) -> Void
  var rmsprop: (Vector, Vector, Source, Double, Double, Double, Int) -> Void
  var adam: (Vector, Vector, Vector, Source, Double, Double, Double, Double, Double, Int) -> Void
  var softThreshold: (Vector, Double, Int) -> Void
  var softThresholds: (Vector, Source, Double, Int) -> Void
  var convertBytes: (Vector, UnsafePointer<UInt8>, Double, Int) -> Void
  var convertFloats: (Vector, UnsafePointer<Float>, Int) -> Void
  var areFinite: (Source, Int) -> Bool
}
