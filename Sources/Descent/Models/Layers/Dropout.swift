internal import LinearAlgebra

/// In training a = z / (1 − p) with probability 1 − p and 0 with probability p, so that its mean is z; when rows
/// are scored a = z.
///
/// The mask is drawn from a counter (see ``BatchRandomness``) and not kept: backward draws the same again.
/// (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout, JMLR 15, 2014; inverted, as section 10.)
public struct Dropout: Layer, Equatable {
  /// The share of numbers that are dropped.
  public let probability: Double
  public var text: String { "dropout \(probability)" }

  /// With a share from 0, which drops nothing, to below 1; any other traps.
  public init(_ probability: Double) {
    require(
      probability >= 0 && probability < 1, "a dropout of \(probability): it must be at least 0 and below 1")
    self.probability = probability
  }

  public func forward<Element: KernelScalar>(
    _ inputs: Span<Element>, parameters: Span<Element>, into outputs: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    mask(inputs, into: &outputs, place)
  }

  public func backward<Element: KernelScalar>(
    slopes: inout MutableSpan<Element>, inputs: Span<Element>, outputs: Span<Element>,
    parameters: Span<Element>, into inputSlopes: inout MutableSpan<Element>, scale: Element,
    gradient: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    mask(slopes.span, into: &inputSlopes, place)
  }

  private func mask<Element: KernelScalar>(
    _ from: Span<Element>, into to: inout MutableSpan<Element>, _ place: LayerPlace
  ) {
    require(
      from.count == place.rows * place.inputs && to.count == from.count,
      "\(from.count) and \(to.count) numbers for \(place.rows) × \(place.inputs)")
    let kept = Element(1 / (1 - probability))
    for row in 0..<place.rows {
      let range = row * place.inputs..<(row + 1) * place.inputs
      var part = to._mutatingExtracting(range)
      let generator = place.randomness?.generator(row: row, layer: place.number)
      maskRow(from.extracting(range), kept, probability, generator, into: &part)
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func maskRow<Element: KernelScalar>(
  _ from: Span<Element>, _ kept: Element, _ probability: Double, _ generator: SeededGenerator?,
  into to: inout MutableSpan<Element>
) {
  precondition(from.count == to.count)
  from.withUnsafeBufferPointer { from in
    to.withUnsafeMutableBufferPointer { to in
      guard var generator else {
        for i in 0..<from.count { to[i] = from[i] }
        return
      }
      let threshold = UInt64(probability * 0x1p32)
      for i in 0..<from.count { to[i] = generator.next() >> 32 < threshold ? 0 : kept * from[i] }
    }
  }
}
