internal import DescentThreads
internal import LinearAlgebra

/// A step of mini-batch descent: penalty, update rule, proximal step.
///
/// The rule moves each number by itself, so that threads may share the chunks without touching the bits, and no two of them
/// meet in one: that is what makes it safe to share. A penalty that sees each weight by itself goes along with the rule,
/// while a chunk is in the cache; others act on all weights at once, before and after.
struct BatchStep<Element: KernelScalar>: @unchecked Sendable {
  let rule: any UpdateRule
  let rate: Double
  let penalty: any Penalty
  let layout: ParameterLayout
  let parameters: UnsafeMutableBufferPointer<Element>
  /// What the rule remembers, a chunk each.
  let memory: UnsafeMutableBufferPointer<UpdateState<Element>>
  /// Step sizes a parameter; empty where the penalty has no kinks.
  let sizes: UnsafeMutableBufferPointer<Element>

  /// Whether a chunk's penalty needs no weight of another.
  var isByWeight: Bool { penalty.unit == .weight }

  /// gradient ← gradient + the gradient of the smooth penalty, unless the rule decouples it.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func addPenalty(_ range: Range<Int>, to gradient: inout MutableSpan<Element>) {
    guard !rule.decouplesPenalty else { return }
    for weights in penalised(range) {
      var share = gradient._mutatingExtracting(weights.inRange)
      penalty.addGradient(slice(weights.all).span, weights.shape, to: &share)
    }
  }

  /// θ ← θ − rate · (gradient of the smooth penalty), where the rule decouples it.
  func decay(_ range: Range<Int>) {
    guard rule.decouplesPenalty else { return }
    for weights in penalised(range) {
      var decaying = slice(weights.all).mutableSpan
      if let (_, l2) = penalty.elasticNet {
        scale(&decaying, by: Element(1 - rate * l2))
        continue
      }
      var gradient = [Element](repeating: 0, count: decaying.count)
      var span = gradient.mutableSpan
      penalty.addGradient(decaying.span, weights.shape, to: &span)
      axpy(-Element(rate), span.span, into: &decaying)
    }
  }

  /// Moves the parameters of a chunk.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func move(_ number: Int, _ chunk: Range<Int>, _ gradient: Span<Element>) {
    if isByWeight { decay(chunk) }
    // Every thread has read them, for their scores.
    descent_fetch_to_write(slice(chunk).baseAddress, chunk.count * MemoryLayout<Element>.stride)
    var moving = slice(chunk).mutableSpan
    rule.step(&moving, gradient: gradient, rate: rate, state: &memory[number])
    guard !sizes.isEmpty else { return }
    var steps = UnsafeMutableBufferPointer(rebasing: sizes[chunk]).mutableSpan
    rule.stepSizes(&steps, rate: rate, state: memory[number])
    if isByWeight { shrink(chunk) }
  }

  /// The proximal step of the penalty's kinks, in the metric of the rule.
  func shrink(_ range: Range<Int>) {
    guard let kinks = penalty.kinks else { return }
    for weights in penalised(range) {
      var shrinking = slice(weights.all).mutableSpan
      let steps = UnsafeMutableBufferPointer(rebasing: sizes[weights.all])
      kinks.prox(&shrinking, weights.shape, steps: steps.span)
    }
  }

  /// The penalised parameters of a range, by their place among all and in the range. What is cut from a part has no shape
  /// but its length, and who sees each weight by itself needs none.
  private func penalised(_ range: Range<Int>) -> [(all: Range<Int>, inRange: Range<Int>, shape: WeightShape)]
  {
    layout.parts.filter(\.isPenalised).map { ($0, $0.range.clamped(to: range)) }.filter { !$1.isEmpty }.map {
      part, own in
      (
        own, own.lowerBound - range.lowerBound..<own.upperBound - range.lowerBound,
        own == part.range ? part.weightShape : WeightShape(outputs: 1, inputs: own.count)
      )
    }
  }

  private func slice(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: parameters[range])
  }
}

extension BatchPass {
  /// Makes the step, its gradient scaled by min(1, clipping / ‖gradient‖) where it is clipped.
  /// (Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, ICML 2013.)
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func apply(_ step: BatchStep<Element>, clipping: Double?) {
    guard clipping != nil || !step.isByWeight else {
      return reduce { number, chunk, gradient in
        step.addPenalty(chunk, to: &gradient)
        step.move(number, chunk, gradient.span)
      }
    }
    reduce { _, chunk, gradient in if step.isByWeight { step.addPenalty(chunk, to: &gradient) } }
    let all = 0..<step.parameters.count
    if !step.isByWeight {
      update { step.addPenalty(all, to: &$0) }
      step.decay(all)
    }
    let norm = clipping == nil ? 0 : read { Double(norm2($0)) }
    forEachChunk { number, chunk, gradient in
      if let clipping, norm > clipping { scale(&gradient, by: Element(clipping / norm)) }
      step.move(number, chunk, gradient.span)
    }
    if !step.isByWeight { step.shrink(all) }
  }
}
