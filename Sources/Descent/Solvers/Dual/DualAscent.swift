internal import DescentKernels
internal import LinearAlgebra

/// One run of ``DualCoordinateAscent``.
struct DualAscent<Element: KernelScalar> {
  private let settings: DualCoordinateAscent
  private let problem: HingeProblem<Element>
  private let rows: DualRows<Element>
  private let certifier: Certifier
  private var generator: SeededGenerator
  private(set) var best: (parameters: [Element], certificate: Certificate)?

  /// - Parameter storage: the problem's rows.
  init(
    _ settings: DualCoordinateAscent, on problem: HingeProblem<Element>, _ storage: SparseStorage,
    seed: UInt64
  ) {
    (self.settings, self.problem) = (settings, problem)
    // The solver takes no problem without l2: there is always one.
    certifier = Certifier(problem.objective)!
    rows = DualRows(
      storage, problem.model, labels: Array(problem.loss.labels), margin: problem.loss.margin, l2: problem.l2,
      problem.rowLoss)
    generator = SeededGenerator(seed: seed)
  }

  mutating func run(_ monitor: Monitor) -> StopReason {
    var order = (0..<Int32(problem.rows)).map { $0 }
    var next = 3
    monitor.record(
      passes: 0, objective: problem.objective.loss.valueAtZero(classes: problem.classes) ?? .infinity)
    for pass in 1...max(1, settings.mostPasses) {
      if let reason = monitor.stopReason {
        certify(passes: pass - 1, monitor)
        return reason
      }
      order.shuffle(using: &generator)
      let moved = rows.ascend(order)
      if pass == next || moved == 0 {
        certify(passes: pass, monitor)
        if let best, best.certificate.relativeGap <= settings.tolerance { return .converged }
        if moved == 0, rows.isBalanced { return .stalled }
        rows.moveCentre()
        // A certificate costs as much as a few passes.
        next = max(pass + 3, pass + pass / 3)
      }
    }
    return .finished
  }

  private mutating func certify(passes: Int, _ monitor: Monitor) {
    let parameters = rows.parameters
    let certificate = certifier.certify(parameters, multipliers: rows.slopes())
    if certificate.objective <= best?.certificate.objective ?? .infinity {
      best = (parameters, certificate)
    } else if let known = best {
      best?.certificate = Certificate(
        objective: known.certificate.objective, lowerBound: certificate.lowerBound,
        negligible: certificate.negligible)
    }
    if let best {
      let proof = best.certificate
      monitor.record(
        passes: Double(passes), objective: proof.objective, gap: proof.gap, measuring: best.parameters)
    } else {
      monitor.record(passes: Double(passes), objective: .infinity)
    }
  }
}

/// Multipliers of sparse rows, and the weights that belong to them.
final class DualRows<Element: KernelScalar> {
  private let storage: SparseStorage
  private let model: LinearModel
  private let labels: [Int32]
  private let margin: Double
  private let inverse: Double
  private let stride: Int
  /// `[features + 1, stride]`: W, and the penalised part of the biases.
  private var table: [Element]
  /// `[rows, stride]`
  private var alpha: [Element]
  /// What the biases' penalty is about.
  private var centre: [Element]
  private var squares: [Element]
  /// What each row counts for; empty where each counts for 1.
  private let weights: [Element]
  private var scratch: [Element]
  /// The biases' feature: their penalty is l2 over its square. 0 where there are no biases.
  private let unit: Double

  init(
    _ storage: SparseStorage, _ model: LinearModel, labels: [Int32], margin: Double, l2: Double,
    _ rowLoss: RowLoss
  ) {
    (self.storage, self.model, self.labels, self.margin) = (storage, model, labels, margin)
    let unit = model.hasIntercept ? 1.0 : 0
    self.unit = unit
    inverse = 1 / (l2 * rowLoss.total)
    weights = rowLoss.weights?.map { Element($0) } ?? []
    let lanes = Element.sparseLanes
    stride = (model.outputs + lanes - 1) / lanes * lanes
    table = Array(repeating: 0, count: (model.inputs + 1) * stride)
    alpha = Array(repeating: 0, count: storage.rows * stride)
    centre = Array(repeating: 0, count: stride)
    scratch = Array(repeating: 0, count: 16 * stride)
    let squares = (0..<storage.rows).map { row in
      let range = storage.starts[row]..<storage.starts[row + 1]
      return range.reduce(unit * unit) { $0 + storage.value($1) * storage.value($1) }
    }
    // A row of zeros moves no weight: its step may be any that is long.
    let largest = squares.max() ?? 0
    self.squares = squares.map { Element(max($0, largest > 0 ? 1e-6 * largest : 1)) }
  }

  /// One pass over the rows, in this order. Returns the sum of the changes.
  func ascend(_ order: [Int32]) -> Double {
    table.withUnsafeMutableBufferPointer { table in
      alpha.withUnsafeMutableBufferPointer { alpha in
        scratch.withUnsafeMutableBufferPointer { scratch in
          squares.withUnsafeBufferPointer { squares in
            weights.withUnsafeBufferPointer { weights in
              centre.withUnsafeBufferPointer { centre in
                Element.dualHinge(
                  DualHingeState(
                    table: table.baseAddress!, alpha: alpha.baseAddress!, scratch: scratch.baseAddress!,
                    squares: squares.baseAddress!, weights: weights.isEmpty ? nil : weights.baseAddress,
                    centre: centre.baseAddress!, starts: storage.starts,
                    indices: storage.indices, labels: labels, values: storage.values, unit: unit,
                    inverse: inverse, margin: margin, features: model.inputs, classes: model.outputs,
                    stride: stride), over: order)
              }
            }
          }
        }
      }
    }
  }

  /// Whether the biases stand where their centre is: their penalty is nothing then.
  var isBalanced: Bool { table.suffix(stride).allSatisfy { abs($0) <= Element.ulpOfOne } }

  /// The centre of the biases' penalty goes to the biases.
  func moveCentre() {
    for c in 0..<stride { centre[c] += Element(unit) * table[model.inputs * stride + c] }
  }

  /// W, row after row, and the biases.
  var parameters: [Element] {
    let (features, outputs, stride) = (model.inputs, model.outputs, stride)
    var result = [Element](repeating: 0, count: outputs * (features + 1))
    transpose(table, features, outputs, stride, into: &result)
    for c in 0..<outputs {
      result[outputs * features + c] = centre[c] + Element(unit) * table[features * stride + c]
    }
    return result
  }

  /// The multipliers as slopes `[rows, classes]`; the right class's is for the certifier to fill in.
  func slopes() -> RowBuffer<Element> {
    let result = RowBuffer<Element>(rows: storage.rows, columns: model.outputs)
    result.update(0..<storage.rows) { copyColumns(alpha, stride, to: &$0, model.outputs) }
    return result
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func transpose<Element: KernelScalar>(
  _ table: [Element], _ features: Int, _ outputs: Int, _ stride: Int, into result: inout [Element]
) {
  result.withUnsafeMutableBufferPointer { result in
    table.withUnsafeBufferPointer { table in
      for start in Swift.stride(from: 0, to: features, by: 64) {
        for c in 0..<outputs {
          for j in start..<min(start + 64, features) { result[c * features + j] = table[j * stride + c] }
        }
      }
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func copyColumns<Element: KernelScalar>(
  _ padded: [Element], _ stride: Int, to rows: inout MutableSpan<Element>, _ columns: Int
) {
  rows.withUnsafeMutableBufferPointer { rows in
    padded.withUnsafeBufferPointer { padded in
      for i in 0..<rows.count / max(1, columns) {
        for c in 0..<columns { rows[i * columns + c] = padded[i * stride + c] }
      }
    }
  }
}
