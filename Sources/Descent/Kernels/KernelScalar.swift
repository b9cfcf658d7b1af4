public import LinearAlgebra

/// A precision that the library's own kernels compute in: `Float` or `Double`.
///
/// A requirement a kernel, one line each in `Float+Kernels.swift` and `Double+Kernels.swift`; what a kernel does stands in
/// `DescentKernels.h`. They take unsafe pointers and check nothing: shapes, labels and numbers are the caller's to check.
/// Matrices are row-major; `rows` and `columns` count what the pointer before them holds.
public protocol KernelScalar: Scalar {
  /// Classes of rows, from 0; in the sparse kernels the columns or rows of nonzeros.
  typealias Labels = UnsafePointer<Int32>
  /// Features that are stored as bytes, 0 to 255.
  typealias Bytes = UnsafePointer<UInt8>
  /// Features that are stored in `Float`, whatever the precision of the products.
  typealias Singles = UnsafePointer<Float>
  /// Losses and sums, in `Double` whatever the precision of the numbers.
  typealias Values = UnsafeMutablePointer<Double>

  /// Numbers in a vector of the sparse kernels: rows of classes are padded to multiples of it.
  static var sparseLanes: Int { get }

  // MARK: Losses: scores `[rows, columns]` become slopes; each row's loss is written to `values`.

  /// log Σ exp(s_j) − s_y, labels 0 ..< columns.
  static func softmax(_ scores: Out, _ values: Values, _ labels: Labels, rows: Int, columns: Int)
  /// Against a distribution a row, `[rows, columns]`.
  static func softmax(
    _ scores: Out, _ values: Values, distributions: UnsafePointer<Double>, rows: Int, columns: Int)
  /// Weston and Watkins: Σ_{j≠y} max(0, s_j − s_y + margin).
  static func hinge(
    _ scores: Out, _ values: Values, _ labels: Labels, margin: Double, rows: Int, columns: Int)
  /// Σ_{j≠y} max(0, s_j − s_y + margin)²
  static func squaredHinge(
    _ scores: Out, _ values: Values, _ labels: Labels, margin: Double, rows: Int, columns: Int)
  /// log(1 + exp(−t·s)) of one score a row, t = −1 of label 0 and 1 of label 1.
  static func logistic(_ scores: Out, _ values: Values, _ labels: Labels, rows: Int)
  /// ½·(s − target)² of each score by itself.
  static func squaredError(_ scores: Out, _ values: Values, _ targets: UnsafePointer<Double>, count: Int)
  /// ½·d² where |d| ≤ delta, delta·(|d| − ½·delta) beyond, d = s − target; of each score by itself.
  static func huber(
    _ scores: Out, _ values: Values, _ targets: UnsafePointer<Double>, delta: Double, count: Int)
  /// Half the Poisson deviance, exp(s) − t·s − (t − t·log t), of each score by itself; targets t from 0.
  static func poisson(_ scores: Out, _ values: Values, _ targets: UnsafePointer<Double>, count: Int)

  // MARK: Elementwise

  /// Each row of scores becomes its softmax.
  static func probabilities(_ scores: Out, rows: Int, columns: Int)
  /// Each value becomes its exponential, within 2 units in the last place.
  static func exp(_ values: Out, count: Int)
  /// sign(x)·max(0, |x| − threshold), the proximal operator of threshold·‖·‖₁, with exact zeros.
  static func softThreshold(_ values: Out, by threshold: Double, count: Int)
  /// Element i by factor · thresholds[i].
  static func softThreshold(_ values: Out, by thresholds: In, times factor: Double, count: Int)
  /// Whether none of the numbers is NaN or infinite.
  static func areFinite(_ numbers: In, count: Int) -> Bool
  /// Numbers of categories become a feature a category, in place.
  static func expand(
    _ buffer: Out, starts: UnsafePointer<Int>, codes: UnsafePointer<Int>, places: UnsafePointer<Int32>,
    rows: Int, columns: Int)
  /// to[i] ← bytes[i], not scaled.
  static func convert(_ to: Out, bytes: Bytes, count: Int)
  /// From the bits of half precision.
  static func convert(_ to: Out, halves: UnsafePointer<UInt16>, count: Int)
  /// to[i] ← floats[i], exactly.
  static func convert(_ to: Out, floats: UnsafePointer<Float>, count: Int)

  /// Least and greatest, Σ w·(x − centre) and Σ w·(x − centre)² of each column, added to what is there.
  static func addMoments(
    _ x: In, counts: UnsafePointer<Double>?, centres: UnsafePointer<Double>, lows: Values, highs: Values,
    sums: Values, squares: Values, rows: Int, columns: Int)

  // MARK: Products of a block of rows with few classes. `next` is fetched into the cache meanwhile.

  /// scores `[rows, classes]` ← x·Wᵀ + bias
  static func scores(
    _ scores: Out, x: In, next: In?, share: Int, weights: In, biases: In, rows: Int, features: Int,
    classes: Int)
  /// scores `[rows, classes]` ← x·Wᵀ + bias of bytes, which are converted in registers.
  static func scores(
    _ scores: Out, bytes: Bytes, next: Bytes?, share: Int, weights: In, biases: In, rows: Int, features: Int,
    classes: Int)
  /// scores `[rows, classes]` ← x·Wᵀ + bias of `Float`, which a product in `Double` converts in registers.
  static func scores(
    _ scores: Out, singles: Singles, next: Singles?, share: Int, weights: In, biases: In, rows: Int,
    features: Int, classes: Int)
  /// gradient `[classes, features]` ← gradient + slopesᵀ·x
  static func addGradient(
    _ gradient: Out, slopes: In, x: In, next: In?, rows: Int, features: Int, classes: Int)
  /// gradient `[classes, features]` ← gradient + slopesᵀ·x of bytes, which are converted in registers.
  static func addGradient(
    _ gradient: Out, slopes: In, bytes: Bytes, next: Bytes?, rows: Int, features: Int, classes: Int)
  /// gradient `[classes, features]` ← gradient + slopesᵀ·x of `Float`, which a product in `Double` converts in registers.
  static func addGradient(
    _ gradient: Out, slopes: In, singles: Singles, next: Singles?, rows: Int, features: Int, classes: Int)

  // MARK: Steps of update rules

  /// velocity v ← momentum·v + g, then parameters ← parameters − rate·v; of Nesterov's − rate·(momentum·v + g).
  static func momentum(
    _ parameters: Out, velocity: Out, gradient: In, rate: Double, momentum: Double, isNesterov: Bool,
    count: Int)
  /// squares ← squares + g², then parameters ← parameters − rate·g/(√squares + epsilon).
  static func adaGrad(
    _ parameters: Out, squares: Out, gradient: In, rate: Double, epsilon: Double, count: Int)
  /// squares ← decay·squares + (1 − decay)·g², then parameters ← parameters − rate·g/(√squares + epsilon).
  static func rmsProp(
    _ parameters: Out, squares: Out, gradient: In, rate: Double, decay: Double, epsilon: Double, count: Int)
  /// means ← beta1·means + (1 − beta1)·g, squares ← beta2·squares + (1 − beta2)·g², then parameters ← parameters −
  /// rate·means/(√squares·scale + epsilon). In step t rate has the factor 1/(1 − beta1ᵗ), and scale is 1/√(1 − beta2ᵗ).
  static func adam(
    _ parameters: Out, means: Out, squares: Out, gradient: In, rate: Double, scale: Double, beta1: Double,
    beta2: Double, epsilon: Double, count: Int)

  // MARK: Sparse rows

  /// table `[features, stride]` ← Wᵀ, of the features in `range`.
  static func sparseTable(
    _ table: Out, weights: In, range: Range<Int>, features: Int, classes: Int, stride: Int)
  /// scores `[rows, classes]` ← x·W + bias
  static func sparseScores(
    _ scores: Out, starts: UnsafePointer<Int>, indices: Labels, values: SparseValues, table: In, biases: In,
    scratch: Out, rows: Int, classes: Int, stride: Int)
  /// gradient `[classes, features]` ← scale · slopesᵀ·x of the columns in `range`; slopes `[rows, stride]`.
  static func sparseGradient(
    _ gradient: Out, starts: UnsafePointer<Int>, rows: Labels, values: SparseValues, slopes: In, scratch: Out,
    scale: Double, range: Range<Int>, features: Int, classes: Int, stride: Int)
  /// scores `[rows, classes]` ← x·Wᵀ + bias, class by class; W `[classes, features]`.
  static func sparseRowsScores(
    _ scores: Out, starts: UnsafePointer<Int>, indices: Labels, values: SparseValues, weights: In, biases: In,
    rows: Int, features: Int, classes: Int)
  /// gradient `[classes, features]` ← gradient + slopesᵀ·x, class by class.
  static func addSparseRowsGradient(
    _ gradient: Out, starts: UnsafePointer<Int>, indices: Labels, values: SparseValues, slopes: In, rows: Int,
    features: Int, classes: Int)
  /// A pass of dual coordinate ascent; returns the sum of the magnitudes of the changes.
  static func dualHinge(_ state: DualHingeState<Self>, over order: [Int32]) -> Double
}

/// What ``KernelScalar/dualHinge(_:over:)`` works on; see `descent_dual_hinge` in `DescentKernels.h`.
public struct DualHingeState<Element> {
  let table, alpha, scratch: UnsafeMutablePointer<Element>
  let squares: UnsafePointer<Element>
  let weights: UnsafePointer<Element>?
  let centre: UnsafePointer<Element>
  let starts: [Int]
  let indices, labels: [Int32]
  let values: SparseValues
  let unit, inverse, margin: Double
  let features, classes, stride: Int
}
