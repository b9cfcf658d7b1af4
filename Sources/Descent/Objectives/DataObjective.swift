public import LinearAlgebra

/// The objective of a model on a data set: **mean loss over the rows + l1·‖W‖₁ + (l2/2)·‖W‖²**.
///
/// It joins a model, a loss and a penalty, none of which knows the others. A call goes once over all rows,
/// block by block, on all threads. Its bits do not depend on the number of threads (see ``Lanes``).
/// Not for use by two threads at once: it owns the buffers.
public final class DataObjective<Element: Scalar>: Objective {
  public let penalty: any Penalty
  let term: DataTerm
  let lanes: Lanes
  let pool: ThreadPool
  let layout: ParameterLayout
  private let runs: [LaneRun<Element>]
  private let blocks: [BlockRun<Element>]
  /// Passes over the data made so far.
  public private(set) var passes = 0.0

  public init(
    model: any Model, loss: any Loss, penalty: any Penalty, features: any FeatureStorage, targets: Targets,
    threads: Int
  ) {
    require(features.columns == model.inputs, "\(features.columns) features, a model of \(model.inputs)")
    require(features.rows == targets.rows, "\(features.rows) rows, \(targets.rows) targets")
    self.penalty = penalty
    term = DataTerm(model: model, loss: loss, features: features, targets: targets)
    let layout = model.layout
    self.layout = layout
    let lanes = Lanes(
      rows: features.rows, columns: model.inputs, outputs: model.outputs,
      elementSize: MemoryLayout<Element>.size,
      parameterBytes: layout.count * MemoryLayout<Element>.size)
    self.lanes = lanes
    let pool = ThreadPool(threads: min(threads, lanes.count))
    self.pool = pool
    runs = (0..<lanes.count).map { _ in LaneRun(parameters: layout.count) }
    blocks = (0..<pool.threads).map { _ in BlockRun(model: model, rows: lanes.blockRows) }
  }

  public var count: Int { layout.count }
  public var model: any Model { term.model }
  public var loss: any Loss { term.loss }
  public var rows: Int { term.targets.rows }

  public func value(at parameters: [Element], gradient: inout [Element]) -> Double {
    let loss = meanLoss(at: parameters, gradient: &gradient)
    addPenaltyGradient(at: parameters, to: &gradient)
    return loss + penaltyValue(at: parameters)
  }

  /// The mean loss of the rows and its gradient, without the penalty.
  public func meanLoss(at parameters: [Element], gradient: inout [Element]) -> Double {
    require(parameters.count == count, "\(parameters.count) parameters for \(count)")
    let scale = 1 / Element(max(1, rows))
    pool.run(lanes.count) { [lanes, runs, blocks, term] lane, thread in
      let run = runs[lane]
      run.clear()
      let rows = lanes.rows(ofLane: lane)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: lanes.blockRows) {
        let block = start..<min(start + lanes.blockRows, rows.upperBound)
        run.loss += blocks[thread].run(
          block, of: term, parameters: parameters, scale: scale, gradient: &run.gradient)
      }
    }
    sumLanes()
    passes += 1
    swap(&gradient, &runs[0].gradient)
    return runs[0].loss / Double(max(1, rows))
  }

  /// The penalty's value.
  public func penaltyValue(at parameters: [Element]) -> Double {
    layout.parts.lazy.filter(\.isPenalised).reduce(0) {
      $0 + penalty.value(parameters.span.extracting($1.range))
    }
  }

  /// Adds the gradient of the penalty's smooth part.
  public func addPenaltyGradient(at parameters: [Element], to gradient: inout [Element]) {
    for part in layout.parts where part.isPenalised {
      var all = gradient.mutableSpan
      var share = all._mutatingExtracting(part.range)
      penalty.addGradient(parameters.span.extracting(part.range), to: &share)
    }
  }

  /// Adds the lanes up in a fixed tree, into lane 0.
  private func sumLanes() {
    var gap = 1
    while gap < lanes.count {
      let (count, step) = (lanes.count, gap)
      pool.run((count - step + 2 * step - 1) / (2 * step)) { [runs] pair, _ in
        let (to, from) = (2 * step * pair, 2 * step * pair + step)
        if from < count { runs[to].add(runs[from]) }
      }
      gap *= 2
    }
  }
}

/// What the mean loss is made of.
struct DataTerm: Sendable {
  let model: any Model
  let loss: any Loss
  let features: any FeatureStorage
  let targets: Targets
}

/// A lane's share of the sums. One thread at a time has it.
private final class LaneRun<Element: Scalar>: @unchecked Sendable {
  var gradient: [Element]
  var loss = 0.0

  init(parameters: Int) { gradient = Array(repeating: 0, count: parameters) }

  func clear() {
    loss = 0
    gradient.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  func add(_ other: LaneRun) {
    loss += other.loss
    sum(other.gradient, into: &gradient)
  }

  private func sum(_ share: [Element], into total: inout [Element]) {
    var total = total.mutableSpan
    axpy(1, share.span, into: &total)
  }
}
