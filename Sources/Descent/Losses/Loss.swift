internal import LinearAlgebra

/// What a loss learns from: classes, or numbers.
public enum LearningTask: String, Sendable {
  /// Of classes, by a label or by shares of each; of numbers, one or several a row.
  case classification, regression
}

/// How wrong scores are: one number a row, and its derivative by the scores.
///
/// A loss sees the scores and targets of a block of rows and nothing else. It is free of state and of
/// precision, and leaves what a row counts for and the sum to others.
///
/// A loss of your own is one conformance; `LossLaws` among the tests shows what must hold of it.
public protocol Loss: Sendable {
  /// The name that the command line and model files give it.
  var name: String { get }

  /// How people read it: a formula of a row's scores s, its target y (a class, or a number), and the settings.
  var formula: String { get }

  /// What it is made for. ``check(_:columns:)`` says which targets it takes: a regression may take labels too.
  var task: LearningTask { get }

  /// All that is set of it besides the name: with its ``name`` these make it again, see ``Losses``.
  var settings: [Setting] { get }

  /// The loss with such settings; those that are not given stay as they are.
  func with(_ settings: [Setting]) throws(SettingError) -> Self

  /// How many scores a row the loss wants, for a number of classes (or of values a row, in regression).
  func columns(classes: Int) -> Int

  /// The mean loss where every score is 0 and classes are equally frequent: the sanity check of a fresh
  /// model. Nil where it depends on the targets.
  func valueAtZero(classes: Int) -> Double?

  /// The scores, one a column, that a fit starts from: those best for all rows alike, where that is not 0.
  ///
  /// - Parameters:
  ///   - targets: the rows' targets.
  ///   - weights: what each row counts for; once each where nil.
  ///   - offsets: what is added to the scores, `[rows, columns]`; nothing where nil.
  func start(for targets: Targets, weights: [Double]?, offsets: [Double]?) -> [Double]?

  /// How the scores tell the numbers that a regression predicts.
  var link: Link { get }

  /// About the mean loss of the best constant, for numbers of such variance about such a mean: what is small beside it is
  /// small.
  func spread(variance: Double, mean: Double) -> Double

  /// Writes the loss ℓᵢ of each row i to `values`, `[rows]`, and overwrites its scores, `[rows, columns]`, by the
  /// derivative ∂ℓᵢ/∂s. O(rows · columns).
  ///
  /// Targets that do not fit are a programmer's error here; ``check(_:columns:)`` finds them with a message.
  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>)

  /// The loss of scores and targets that are divided by `scales`, a column each, up to a factor, and the scales that it
  /// takes; nil where the targets must be taken as they are: classes, or numbers whose size has a meaning.
  func rescaled(_ scales: [Double]) -> (loss: any Loss, scales: [Double])?

  /// Throws where the targets are not of the kind the loss learns from, or out of range. O(rows).
  func check(_ targets: Targets, columns: Int) throws(TargetError)
}

extension Loss {
  public var formula: String { "\(name)(s, y)" }
  public var settings: [Setting] { [] }
  public func with(_ settings: [Setting]) throws(SettingError) -> Self { self }
  /// The safety margin, for losses that have one.
  public var margin: Double? { (try? settings.positive("margin")) ?? nil }
  public func columns(classes: Int) -> Int { classes }
  public func valueAtZero(classes: Int) -> Double? { nil }
  public func rescaled(_ scales: [Double]) -> (loss: any Loss, scales: [Double])? { nil }
  public func start(for targets: Targets, weights: [Double]?, offsets: [Double]?) -> [Double]? { nil }
  /// ``start(for:weights:offsets:)`` where each row counts once and no offsets are added; nil where the loss knows of none.
  public func start(for targets: Targets) -> [Double]? { start(for: targets, weights: nil, offsets: nil) }
  public var link: Link { .identity }
  public func spread(variance: Double, mean: Double) -> Double { 0.5 * variance }

  /// The sum of the losses of the rows, whose scores are overwritten by their derivatives.
  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets
  ) -> Double {
    RowLoss(self, targets, columns: columns).evaluate(0..<targets.rows, &scores)
  }
}
