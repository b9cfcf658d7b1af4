public import LinearAlgebra

/// Features seen through a scaling: each block is scaled as it is read, the data itself is not copied.
public struct ScaledStorage: FeatureStorage {
  let base: any FeatureStorage
  let scaling: Scaling

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

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    base.read(range, into: &buffer)
    apply(to: &buffer, count: range.count * columns)
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    base.gather(indices, into: &buffer)
    apply(to: &buffer, count: indices.count * columns)
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    scaling == .none ? base.stored(range, as: type) : nil
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
