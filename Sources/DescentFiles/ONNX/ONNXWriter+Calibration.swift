internal import Descent
internal import LinearAlgebra

/// The curves of a calibrated model, from `scores` to `probabilities`.
///
/// One column a curve: what it is over, by a MatMul that picks and subtracts scores. A sigmoid is Mul, Add, Sigmoid. An
/// isotonic curve is its first probability and a ramp from 0 to 1 for each stretch that rises, Clip((x − score)/width),
/// times its rise: rises are never negative, so that nothing cancels. Two scores give `[1 − p, p]`, one score p alone; more
/// classes are divided by their sum, or are alike where that is 0.
extension ONNXWriter {
  mutating func add(_ calibration: Calibration) {
    let outputs = model.architecture.outputs
    let name = outputs == 1 ? "probabilities" : "calibrated"
    addCurves(calibration.curves, name)
    if outputs == 2 {
      addConstant("one", [1], [1])
      add("Sub", ["one", name], "complement")
      add("Concat", ["complement", name], "probabilities", [integer("axis", 1)])
    } else if outputs > 2 {
      addConstant("ones", [outputs, 1], Array(repeating: 1, count: outputs))
      addConstant("zero", [1], [0])
      addConstant("equal", [1, outputs], Array(repeating: 1 / Double(outputs), count: outputs))
      add("MatMul", [name, "ones"], "total")
      add("Equal", ["total", "zero"], "refused")
      add("Div", [name, "total"], "shares")
      add("Where", ["refused", "equal", "shares"], "probabilities")
    }
    graph.outputs.append(
      value(
        "probabilities", columns: outputs,
        outputs == 1 ? "Of the second class" : "Of the classes, in their order"))
  }

  private mutating func addCurves(_ curves: [CalibrationCurve], _ output: String) {
    var (slopes, offsets): ([Double], [Double]) = ([], [])
    var (bases, ramps): ([Double], [Ramp]) = ([], [])
    for (number, curve) in curves.enumerated() {
      switch curve {
      case .sigmoid(let slope, let offset):
        slopes.append(slope)
        offsets.append(offset)
      case .isotonic(let scores, let probabilities):
        bases.append(probabilities[0])
        for k in scores.indices.dropFirst() where probabilities[k] > probabilities[k - 1] {
          // Two scores may be one in single precision.
          let width = Element(scores[k]) - Element(scores[k - 1])
          ramps.append(
            Ramp(
              curve: number, start: scores[k - 1], width: Double(max(width, .leastNormalMagnitude)),
              rise: probabilities[k] - probabilities[k - 1]))
        }
      }
    }
    guard slopes.isEmpty else {
      let columns = Array(0..<curves.count)
      addMargins(columns, of: curves.count)
      addConstant("calibration.slope", [slopes.count], slopes)
      addConstant("calibration.offset", [offsets.count], offsets)
      add("Mul", ["margins", "calibration.slope"], "sloped")
      add("Add", ["sloped", "calibration.offset"], "odds")
      add("Sigmoid", ["odds"], output)
      return
    }
    // A curve that does not rise is one of no height.
    if ramps.isEmpty { ramps = [Ramp(curve: 0, start: 0, width: 1, rise: 0)] }
    addMargins(ramps.map(\.curve), of: curves.count)
    var rises = [Double](repeating: 0, count: ramps.count * curves.count)
    for (k, ramp) in ramps.enumerated() { rises[k * curves.count + ramp.curve] = ramp.rise }
    addConstant("calibration.starts", [ramps.count], ramps.map(\.start))
    addConstant("calibration.widths", [ramps.count], ramps.map(\.width))
    addConstant("calibration.rises", [ramps.count, curves.count], rises)
    addConstant("calibration.bases", [curves.count], bases)
    addConstant("calibration.bottom", [], [0])
    addConstant("calibration.top", [], [1])
    add("Sub", ["margins", "calibration.starts"], "beyond")
    add("Div", ["beyond", "calibration.widths"], "unclipped")
    add("Clip", ["unclipped", "calibration.bottom", "calibration.top"], "ramps")
    add("MatMul", ["ramps", "calibration.rises"], "risen")
    add("Add", ["risen", "calibration.bases"], output)
  }

  /// A stretch of a curve that rises.
  private struct Ramp {
    var curve: Int
    var start, width, rise: Double
  }

  /// What each curve is over, in a column for each of `curves`.
  private mutating func addMargins(_ columns: [Int], of curves: Int) {
    let outputs = model.architecture.outputs
    var picks = [Double](repeating: 0, count: outputs * columns.count)
    for (k, curve) in columns.enumerated() {
      let score = curves > 1 ? curve : outputs - 1
      picks[score * columns.count + k] = 1
      if curves == 1, outputs == 2 { picks[k] = -1 }
    }
    addConstant("calibration.margins", [outputs, columns.count], picks)
    add("MatMul", ["scores", "calibration.margins"], "margins")
  }

  private mutating func addConstant(_ name: String, _ shape: [Int], _ numbers: [Double]) {
    addTensor(name, shape, numbers.map { Element($0) }[...])
  }
}
