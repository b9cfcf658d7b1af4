import Descent
import DescentFiles
import DescentPictures
import Foundation
import LinearAlgebra

/// The points of a path as they come, and those that a file held already.
final class PathRecord<Element: KernelScalar & StoredNumber> {
  private let path: PenaltyPath<Element>
  private let grid: [any Penalty]
  private let data: TrainingRows
  private(set) var file: PathFile
  private var start = ContinuousClock.now
  private var earlier = 0.0

  var points: [PathFile.Point] { file.points }
  /// The penalties whose points are still to be found.
  var missing: [any Penalty] { Array(grid.dropFirst(points.count)) }

  init(
    _ path: PenaltyPath<Element>, _ grid: [any Penalty], of data: TrainingRows,
    _ options: PathOptions
  ) {
    (self.path, self.grid, self.data) = (path, grid, data)
    let model = path.nullModel
    var facts = path.facts
    facts.append(
      TrainingFact(name: "the hash of the rows to measure by", value: data.heldOut?.contentHash ?? "none"))
    facts.append(TrainingFact(name: "along", value: "\(options.direction)"))
    facts.append(TrainingFact(name: "points", value: "\(grid.count)"))
    facts.append(TrainingFact(name: "smallest", value: options.smallest.map { "\($0)" } ?? "by default"))
    file = PathFile(
      command: CommandText.all(Array(CommandLine.arguments.dropFirst())), rows: data.training.rows,
      features: model.inputs, tolerance: options.tolerance,
      featureNames: model.allFeatureNames, outputs: model.outputNames,
      featureScales: model.featureScales.nonEmpty, facts: facts, count: grid.count)
  }

  /// Takes the points that the file of an earlier run holds, where that is asked for and there is one.
  func resume(_ output: PathOutputArguments) throws(Failure) {
    guard output.resume, let file = output.file else { return }
    guard FileManager.default.fileExists(atPath: file) else {
      if !output.quiet, RankProcess.isRoot {
        Console.say("there is no \(file) yet: the path starts from the beginning")
      }
      return
    }
    func refusal(_ reason: String) -> Failure {
      Failure(.badData, "\(file): \(reason); give the same data and options, or leave --resume out")
    }
    guard let bytes = FileManager.default.contents(atPath: file),
      let kept = try? JSONDecoder().decode(PathFile.self, from: bytes), kept.kind == self.file.kind
    else { throw refusal("is no path that can be gone on from") }
    if let difference = TrainingFact.difference(kept.facts, self.file.facts) {
      throw refusal("is another path: \(difference)")
    }
    guard kept.points.count <= grid.count,
      zip(kept.points, grid).allSatisfy({ ($0.l1, $0.l2) == $1.elasticNet ?? (0, 0) }),
      kept.points.allSatisfy({ parameters(of: $0) != nil })
    else { throw refusal("is damaged: its points are none of this path") }
    (self.file.points, earlier) = (kept.points, kept.seconds)
    if !output.quiet, RankProcess.isRoot {
      Console.say("\(file): \(points.count) of \(grid.count) points are kept")
    }
  }

  /// The parameters of the last point; nil where there is none.
  var last: SparseParameters<Element>? { points.last.flatMap { parameters(of: $0) } }

  /// Starts the clock, which has run for so long already: hashes of the data are no part of a path.
  func begin(after spent: Duration) { start = ContinuousClock.now - spent }

  func add(_ point: PathPoint<Element>) {
    file.seconds = earlier + (ContinuousClock.now - start) / .seconds(1)
    let weights = file.outputs.count * file.features
    let count = point.parameters.indices.prefix { $0 < weights }.count
    let heldOut = RankProcess.isRoot ? data.heldOut.map { path.model(at: point).evaluate(on: $0) } : nil
    file.points.append(
      PathFile.Point(
        l1: point.l1, l2: point.l2, objective: point.objective, loss: point.loss, penalty: point.penaltyValue,
        gap: point.certificate.flatMap { $0.gap.isFinite ? $0.gap : nil },
        isCertified: point.isProved(within: file.tolerance), nonzeros: point.nonzeros, passes: point.passes,
        seconds: point.seconds, stopReason: point.stopReason,
        heldOutLoss: heldOut.flatMap { $0.loss.isFinite ? $0.loss : nil },
        heldOutAccuracy: heldOut?.accuracy, heldOutR2: heldOut?.r2,
        intercepts: point.parameters.dense[weights...].map { Double($0) },
        weights: PathFile.Weights(
          indices: Array(point.parameters.indices.prefix(count)),
          values: point.parameters.values.prefix(count).map { Double($0) })))
  }

  private func parameters(of point: PathFile.Point) -> SparseParameters<Element>? {
    let weights = file.outputs.count * file.features
    guard point.intercepts.count == file.outputs.count, (point.weights.indices.last ?? 0) < weights else {
      return nil
    }
    let biases = point.intercepts.enumerated().filter { $1 != 0 }
    let values = (point.weights.values + biases.map(\.element)).map { Element($0) }
    guard values.allSatisfy(\.isFinite) else { return nil }
    return SparseParameters(
      count: weights + file.outputs.count,
      indices: point.weights.indices + biases.map { weights + $0.offset },
      values: values)
  }

  func csv() -> String { file.csv() }
}

extension PathRecord {
  func announce(_ trainer: Trainer) {
    Console.say(
      "\(file.rows) rows, \(file.features) features; mean \(trainer.loss.name) loss + l1·‖W‖₁ + (l2/2)·‖W‖²")
    if let first = grid.first?.elasticNet, let last = grid.last?.elasticNet {
      Console.say(
        "\(grid.count) points from l1 \(format(first.l1, 6)), l2 \(format(first.l2, 6)) down to "
          + "l1 \(format(last.l1, 6)), l2 \(format(last.l2, 6))")
    }
  }

  /// What people are told at the end.
  func summary(_ output: PathOutputArguments) -> [String] {
    var lines: [String] = []
    lines.append("\(points.count) of \(grid.count) points in \(duration(file.seconds))")
    if points.count < grid.count {
      lines[0] += output.isResumable ? "; go on by the same command with --resume" : ""
    }
    let unproved = points.count { !$0.isCertified }
    if unproved > 0 {
      lines.append(
        "note: \(unproved) of them are not proved to be within \(format(file.tolerance, 2)) of their optimum; try "
          + "--precision double, or a larger --tolerance")
    }
    if let best = points.indices.min(by: { points[$0].heldOutLoss ?? 0 < points[$1].heldOutLoss ?? 0 }),
      let loss = points[best].heldOutLoss
    {
      let point = points[best]
      let measure =
        point.heldOutAccuracy.map { ", accuracy \(percent($0))" } ?? point.heldOutR2.map {
          ", R² \(format($0, 4))"
        } ?? ""
      lines.append(
        "best on the rows held out: point \(best + 1), --l1 \(point.l1) --l2 \(point.l2), \(point.nonzeros) weights, "
          + "loss \(format(loss, 6))\(measure)")
    }
    for path in [output.file, output.picture, output.report] { if let path { lines.append("wrote \(path)") } }
    return lines
  }
}
