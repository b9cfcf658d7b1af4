internal import LinearAlgebra

/// A step of mini-batch descent, chunk by chunk of the parameters: penalty, update rule, proximal step.
///
/// Each number moves by itself, so that threads may share the chunks without touching the bits, and no two of them meet in
/// one: that is what makes it safe to share.
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

  /// gradient ← gradient + the gradient of the smooth penalty, unless the rule decouples it.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func addPenalty(_ chunk: Range<Int>, to gradient: inout MutableSpan<Element>) {
    guard !rule.decouplesPenalty else { return }
    for weights in penalised(chunk) {
      var share = gradient._mutatingExtracting(weights.inChunk)
      penalty.addGradient(slice(weights.all).span, to: &share)
    }
  }

  /// Moves the parameters of a chunk.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func move(_ number: Int, _ chunk: Range<Int>, _ gradient: Span<Element>) {
    if rule.decouplesPenalty {
      // θ ← θ − rate · (gradient of the smooth penalty)
      for weights in penalised(chunk) {
        var decaying = slice(weights.all).mutableSpan
        scale(&decaying, by: Element(1 - rate * penalty.l2))
      }
    }
    var moving = slice(chunk).mutableSpan
    rule.step(&moving, gradient: gradient, rate: rate, state: &memory[number])
    guard let kinks = penalty.nonsmooth else { return }
    // The proximal step of l1·‖W‖₁, in the metric of the rule.
    let own = UnsafeMutableBufferPointer(rebasing: sizes[chunk])
    var steps = own.mutableSpan
    rule.stepSizes(&steps, rate: rate, state: memory[number])
    for weights in penalised(chunk) {
      var shrinking = slice(weights.all).mutableSpan
      softThreshold(&shrinking, by: kinks.l1, steps: own.span.extracting(weights.inChunk))
    }
  }

  /// The penalised parameters of a chunk, by their place among all and in the chunk.
  private func penalised(_ chunk: Range<Int>) -> [(all: Range<Int>, inChunk: Range<Int>)] {
    layout.parts.filter(\.isPenalised).map { $0.range.clamped(to: chunk) }.filter { !$0.isEmpty }.map {
      ($0, $0.lowerBound - chunk.lowerBound..<$0.upperBound - chunk.lowerBound)
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
    guard let clipping else {
      return reduce { number, chunk, gradient in
        step.addPenalty(chunk, to: &gradient)
        step.move(number, chunk, gradient.span)
      }
    }
    reduce { _, chunk, gradient in step.addPenalty(chunk, to: &gradient) }
    let norm = read { Double(norm2($0)) }
    forEachChunk { number, chunk, gradient in
      if norm > clipping { scale(&gradient, by: Element(clipping / norm)) }
      step.move(number, chunk, gradient.span)
    }
  }
}
