internal import DescentKernels
public import LinearAlgebra

extension Float: KernelScalar {
  public static var sparseLanes: Int { 8 }

  public static func softmax(_ scores: Out, _ values: Values, _ labels: Labels, rows: Int, columns: Int) {
    descent_softmax_float(scores, values, labels, rows, columns)
  }
  public static func softmax(
    _ scores: Out, _ values: Values, distributions: UnsafePointer<Double>, rows: Int, columns: Int
  ) {
    // The kernel wants them in the precision of the scores.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * columns) { rounded in
      for i in 0..<rows * columns { rounded.initializeElement(at: i, to: Float(distributions[i])) }
      descent_softmax_targets_float(scores, values, rounded.baseAddress!, rows, columns)
    }
  }
  public static func hinge(
    _ scores: Out, _ values: Values, _ labels: Labels, margin: Double, rows: Int, columns: Int
  ) {
    descent_hinge_float(scores, values, labels, margin, rows, columns)
  }
  public static func squaredHinge(
    _ scores: Out, _ values: Values, _ labels: Labels, margin: Double, rows: Int, columns: Int
  ) {
    descent_squared_hinge_float(scores, values, labels, margin, rows, columns)
  }
  public static func logistic(_ scores: Out, _ values: Values, _ labels: Labels, rows: Int) {
    descent_logistic_float(scores, values, labels, rows)
  }
  public static func squaredError(
    _ scores: Out, _ values: Values, _ targets: UnsafePointer<Double>, count: Int
  ) {
    descent_squared_float(scores, values, targets, count)
  }
  public static func huber(
    _ scores: Out, _ values: Values, _ targets: UnsafePointer<Double>, delta: Double, count: Int
  ) {
    descent_huber_float(scores, values, targets, delta, count)
  }
  public static func poisson(
    _ scores: Out, _ values: Values, _ targets: UnsafePointer<Double>, count: Int
  ) {
    descent_poisson_float(scores, values, targets, count)
  }

  public static func probabilities(_ scores: Out, rows: Int, columns: Int) {
    descent_probabilities_float(scores, rows, columns)
  }
  public static func exp(_ values: Out, count: Int) { descent_exp_float(values, count) }
  public static func softThreshold(_ values: Out, by threshold: Double, count: Int) {
    descent_soft_threshold_float(values, threshold, count)
  }
  public static func softThreshold(_ values: Out, by thresholds: In, times factor: Double, count: Int) {
    descent_soft_thresholds_float(values, thresholds, factor, count)
  }
  public static func areFinite(_ numbers: In, count: Int) -> Bool {
    descent_are_finite_float(numbers, count)
  }
  public static func expand(
    _ buffer: Out, starts: UnsafePointer<Int>, codes: UnsafePointer<Int>, places: UnsafePointer<Int32>,
    rows: Int, columns: Int
  ) {
    descent_expand_categories_float(buffer, starts, codes, places, rows, columns)
  }
  public static func convert(_ to: Out, bytes: Bytes, count: Int) {
    descent_convert_bytes_float(to, bytes, 1, count)
  }
  public static func convert(_ to: Out, halves: UnsafePointer<UInt16>, count: Int) {
    descent_convert_halves_float(to, halves, count)
  }
  public static func convert(_ to: Out, floats: UnsafePointer<Float>, count: Int) {
    descent_convert_floats_float(to, floats, count)
  }

  public static func addMoments(
    _ x: In, counts: UnsafePointer<Double>?, centres: UnsafePointer<Double>, lows: Values, highs: Values,
    sums: Values, squares: Values, rows: Int, columns: Int
  ) {
    descent_moments_float(lows, highs, sums, squares, centres, x, counts, rows, columns)
  }

  public static func scores(
    _ scores: Out, x: In, next: In?, share: Int, weights: In, biases: In, rows: Int, features: Int,
    classes: Int
  ) {
    descent_scores_float(scores, x, next, share, weights, biases, rows, features, classes)
  }
  public static func scores(
    _ scores: Out, bytes: Bytes, next: Bytes?, share: Int, weights: In, biases: In, rows: Int,
    features: Int, classes: Int
  ) {
    descent_scores_bytes_float(scores, bytes, next, share, weights, biases, rows, features, classes)
  }
  public static func scores(
    _ scores: Out, singles: Singles, next: Singles?, share: Int, weights: In, biases: In, rows: Int,
    features: Int, classes: Int
  ) {
    descent_scores_float(scores, singles, next, share, weights, biases, rows, features, classes)
  }
  public static func addGradient(
    _ gradient: Out, slopes: In, x: In, next: In?, rows: Int, features: Int, classes: Int
  ) {
    descent_gradient_float(gradient, slopes, x, next, rows, features, classes)
  }
  public static func addGradient(
    _ gradient: Out, slopes: In, bytes: Bytes, next: Bytes?, rows: Int, features: Int, classes: Int
  ) {
    descent_gradient_bytes_float(gradient, slopes, bytes, next, rows, features, classes)
  }
  public static func addGradient(
    _ gradient: Out, slopes: In, singles: Singles, next: Singles?, rows: Int, features: Int, classes: Int
  ) {
    descent_gradient_float(gradient, slopes, singles, next, rows, features, classes)
  }

  public static func momentum(
    _ parameters: Out, velocity: Out, gradient: In, rate: Double, momentum: Double, isNesterov: Bool,
    count: Int
  ) {
    descent_momentum_float(parameters, velocity, gradient, rate, momentum, isNesterov, count)
  }
  public static func adaGrad(
    _ parameters: Out, squares: Out, gradient: In, rate: Double, epsilon: Double, count: Int
  ) {
    descent_adagrad_float(parameters, squares, gradient, rate, epsilon, count)
  }
  public static func rmsProp(
    _ parameters: Out, squares: Out, gradient: In, rate: Double, decay: Double, epsilon: Double, count: Int
  ) {
    descent_rmsprop_float(parameters, squares, gradient, rate, decay, epsilon, count)
  }
  public static func adam(
    _ parameters: Out, means: Out, squares: Out, gradient: In, rate: Double, scale: Double, beta1: Double,
    beta2: Double, epsilon: Double, count: Int
  ) {
    descent_adam_float(parameters, means, squares, gradient, rate, scale, beta1, beta2, epsilon, count)
  }

  public static func sparseTable(
    _ table: Out, weights: In, range: Range<Int>, features: Int, classes: Int, stride: Int
  ) {
    descent_sparse_table_float(
      table, weights, range.lowerBound, range.upperBound, features, classes, stride)
  }
  public static func sparseScores(
    _ scores: Out, starts: UnsafePointer<Int>, indices: Labels, values: SparseValues, table: In,
    biases: In, scratch: Out, rows: Int, classes: Int, stride: Int
  ) {
    switch values {
    case .float(let x):
      descent_sparse_scores_float_float(
        scores, starts, indices, x, table, biases, scratch, rows, classes, stride)
    case .double(let x):
      descent_sparse_scores_float_double(
        scores, starts, indices, x, table, biases, scratch, rows, classes, stride)
    }
  }
  public static func sparseGradient(
    _ gradient: Out, starts: UnsafePointer<Int>, rows: Labels, values: SparseValues, slopes: In,
    scratch: Out, scale: Double, range: Range<Int>, features: Int, classes: Int, stride: Int
  ) {
    let (first, last) = (range.lowerBound, range.upperBound)
    switch values {
    case .float(let x):
      descent_sparse_gradient_float_float(
        gradient, starts, rows, x, slopes, scratch, scale, first, last, features, classes, stride)
    case .double(let x):
      descent_sparse_gradient_float_double(
        gradient, starts, rows, x, slopes, scratch, scale, first, last, features, classes, stride)
    }
  }
  public static func sparseRowsScores(
    _ scores: Out, starts: UnsafePointer<Int>, indices: Labels, values: SparseValues, weights: In,
    biases: In, rows: Int, features: Int, classes: Int
  ) {
    switch values {
    case .float(let x):
      descent_sparse_rows_scores_float_float(
        scores, starts, indices, x, weights, biases, rows, features, classes)
    case .double(let x):
      descent_sparse_rows_scores_float_double(
        scores, starts, indices, x, weights, biases, rows, features, classes)
    }
  }
  public static func addSparseRowsGradient(
    _ gradient: Out, starts: UnsafePointer<Int>, indices: Labels, values: SparseValues, slopes: In,
    rows: Int, features: Int, classes: Int
  ) {
    switch values {
    case .float(let x):
      descent_sparse_rows_gradient_float_float(gradient, starts, indices, x, slopes, rows, features, classes)
    case .double(let x):
      descent_sparse_rows_gradient_float_double(gradient, starts, indices, x, slopes, rows, features, classes)
    }
  }
  public static func dualHinge(_ s: DualHingeState<Self>, over order: [Int32]) -> Double {
    switch s.values {
    case .float(let x):
      descent_dual_hinge_float_float(
        s.table, s.alpha, order, s.starts, s.indices, x, s.labels, s.squares, s.weights, s.centre,
        s.scratch, s.unit,
        s.inverse, s.margin, order.count, s.features, s.classes, s.stride)
    case .double(let x):
      descent_dual_hinge_float_double(
        s.table, s.alpha, order, s.starts, s.indices, x, s.labels, s.squares, s.weights, s.centre,
        s.scratch, s.unit,
        s.inverse, s.margin, order.count, s.features, s.classes, s.stride)
    }
  }
}
