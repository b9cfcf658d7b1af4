internal import LinearAlgebra

/// How parameters move against a gradient: gradient descent and its descendants.
///
/// A rule holds its settings and no memory; what it remembers from step to step is in ``UpdateState``,
/// a value, so that a copy of it is a checkpoint.
public protocol UpdateRule: Sendable {
  /// The name that the command line gives it.
  var name: String { get }

  /// The rule with its settings as model files and checkpoints have it. What a rule wrote once it writes for ever, or
  /// trainings that it left would not be resumed.
  var text: String { get }

  /// Vectors of memory it needs.
  var buffers: Int { get }

  /// The learning rate where none is set.
  var defaultRate: Double { get }

  /// Whether the smooth penalty acts on the parameters directly, rather than through the gradient.
  var decouplesPenalty: Bool { get }

  /// Moves the parameters one step. All three vectors have the same count. O(parameters).
  func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>)

  /// The step size of each parameter in the step just made, for the proximal operator of a penalty.
  func stepSizes<Element: KernelScalar>(
    _ sizes: inout MutableSpan<Element>, rate: Double, state: borrowing UpdateState<Element>)
}

/// What an update rule remembers.
public struct UpdateState<Element: KernelScalar>: Sendable, Equatable, Codable {
  /// Steps made.
  public var steps = 0
  /// The rule's vectors, each as long as the parameters.
  public var buffers: [[Element]]

  /// The memory before the first step: ``UpdateRule/buffers`` vectors of `count` zeros, a number for each parameter.
  public init(for rule: some UpdateRule, count: Int) {
    buffers = Array(repeating: Array(repeating: 0, count: count), count: rule.buffers)
  }
}

extension UpdateRule {
  public var text: String { "\(self)" }
  public var decouplesPenalty: Bool { false }

  public func stepSizes<Element: KernelScalar>(
    _ sizes: inout MutableSpan<Element>, rate: Double, state: borrowing UpdateState<Element>
  ) {
    sizes.withUnsafeMutableBufferPointer { $0.update(repeating: Element(rate)) }
  }
}

func requireSameCounts(_ parameters: Int, _ gradient: Int, _ memory: Int) {
  require(
    parameters == gradient && gradient == memory,
    "\(parameters) parameters, a gradient of \(gradient), a memory of \(memory)")
}
