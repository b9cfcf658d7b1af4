internal import LinearAlgebra

/// A lane's share of the sums. One thread at a time has it.
final class LaneShare<Element: KernelScalar>: @unchecked Sendable {
  private let spares: SpareGradients<Element>
  private var held: RowBuffer<Element>?
  var sum = 0.0
  var sums: [Double] = []

  init(_ spares: SpareGradients<Element>) { self.spares = spares }

  /// Found when first asked for, zeros then.
  var gradient: RowBuffer<Element> {
    let gradient = held ?? spares.take()
    held = gradient
    return gradient
  }

  var hasGradient: Bool { held != nil }

  func clear() {
    sum = 0
    sums = []
    dropGradient()
  }

  func addGradient(of block: BlockRun<Element>, _ parameters: Span<Element>, scale: Element) {
    let gradient = gradient
    gradient.update(0..<gradient.rows) { block.backward(parameters, scale: scale, into: &$0) }
  }

  /// Adds another's to its own, and leaves that without a gradient.
  func take(_ other: LaneShare) {
    sum += other.sum
    let (gradient, more) = (gradient, other.gradient)
    gradient.update(0..<gradient.rows) { total in
      more.read(0..<gradient.rows) { axpy(1, $0, into: &total) }
    }
    other.dropGradient()
  }

  /// The gradient, which goes with that.
  func takeGradient() -> [Element] {
    defer { dropGradient() }
    return gradient.all
  }

  private func dropGradient() {
    if let held { spares.add(held) }
    held = nil
  }
}

/// Memory for gradients that no lane has at the moment.
final class SpareGradients<Element: KernelScalar>: @unchecked Sendable {
  private let parameters: Int
  private var spares: [RowBuffer<Element>] = []
  private let lock = Lock()

  init(parameters: Int) { self.parameters = parameters }

  /// Zeros.
  func take() -> RowBuffer<Element> {
    guard let spare = lock.locked({ spares.popLast() }) else {
      return RowBuffer(rows: parameters, columns: 1)
    }
    spare.clear()
    return spare
  }

  func add(_ spare: RowBuffer<Element>) { lock.locked { spares.append(spare) } }
}
