internal import LinearAlgebra

/// Features seen through a scaling: each block is scaled as it is read, the data itself is not copied.
public struct ScaledStorage: FeatureStorage {
  let base: any FeatureStorage
  let scaling: Scaling

  /// Traps where ``Scaling/each(shifts:factors:)`` has not a shift and a factor for each column of `base`.
  public init(_ base: any FeatureStorage, scaling: Scaling) {
    if case .each(let shifts, let factors) = scaling {
      require(
        shifts.count == base.columns && factors.count == base.columns,
        "a scaling of \(shifts.count) features for \(base.columns)")
    }
    self.base = base
    self.scaling = scaling
  }

  public var rows: Int { base.rows }
  public var columns: Int { base.columns }

  public var holdsSingles: Bool { scaling == .none && base.holdsSingles }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    guard mustCentreFirst(Element.self) else {
      base.read(range, into: &buffer)
      return apply(to: &buffer, count: range.count * columns)
    }
    centre(range.count, into: &buffer) { piece, wide in
      base.read(range.lowerBound + piece.lowerBound..<range.lowerBound + piece.upperBound, into: &wide)
    }
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    guard mustCentreFirst(Element.self) else {
      base.gather(indices, into: &buffer)
      return apply(to: &buffer, count: indices.count * columns)
    }
    let all = (0..<indices.count).map { indices[$0] }
    centre(indices.count, into: &buffer) { base.gather(all.span.extracting($0), into: &$1) }
  }

  /// Whether rounding a number before its mean is taken off would cost more than rounding it afterwards.
  private func mustCentreFirst<Element>(_ type: Element.Type) -> Bool {
    guard case .each = scaling, Element.self == Float.self else { return false }
    return !base.holdsSingles
  }

  /// Scales `rows` rows in Double, which `fill` reads some at a time, and rounds what comes of it.
  private func centre<Element: KernelScalar>(
    _ rows: Int, into buffer: inout MutableSpan<Element>,
    _ fill: (_ some: Range<Int>, _ wide: inout MutableSpan<Double>) -> Void
  ) {
    guard case .each(let shifts, let factors) = scaling, columns > 0 else { return }
    let atOnce = max(1, min(rows, 4096 / columns))
    var wide = [Double](repeating: 0, count: atOnce * columns)
    for start in stride(from: 0, to: rows, by: atOnce) {
      let some = start..<min(start + atOnce, rows)
      var span = wide.mutableSpan
      fill(some, &span)
      scaleColumns(&span, count: some.count * columns, shifts: shifts, factors: factors)
      for i in 0..<some.count * columns { buffer[start * columns + i] = Element(span[i]) }
    }
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    scaling == .none ? base.stored(range, as: type) : nil
  }

  public func inPlace(_ range: Range<Int>) -> RowsInPlace? {
    scaling == .none ? base.inPlace(range) : nil
  }

  public var rowBytes: Int { base.rowBytes }

  public func willRead(_ range: Range<Int>) { base.willRead(range) }

  public var failure: StorageFailure? { base.failure }

  public func selecting(_ indices: [Int]) -> any FeatureStorage {
    ScaledStorage(base.selecting(indices), scaling: scaling)
  }

  private func apply<Element: KernelScalar>(to buffer: inout MutableSpan<Element>, count: Int) {
    switch scaling {
    case .none: break
    case .uniform(let factor):
      var used = buffer._mutatingExtracting(0..<count)
      scale(&used, by: Element(factor))
    case .each(let shifts, let factors): scaleColumns(&buffer, count: count, shifts: shifts, factors: factors)
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func scaleColumns<Element: KernelScalar>(
  _ buffer: inout MutableSpan<Element>, count: Int, shifts: [Double], factors: [Double]
) {
  let columns = shifts.count
  guard columns > 0 else { return }
  for start in stride(from: 0, to: count, by: columns) {
    for j in 0..<columns {
      buffer[start + j] = Element((Double(buffer[start + j]) - shifts[j]) * factors[j])
    }
  }
}
