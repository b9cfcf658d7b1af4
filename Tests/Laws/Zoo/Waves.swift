import Descent
import Foundation

/// Small hostile problems with l1, l2 and both, whose optima Tests/References/optima.py computed with scipy.
extension Zoo {
  /// A line that optima.py prints.
  struct Wave {
    let kind: String
    let lossName: String
    let l1, l2: Double
    let optimum: Double
  }

  static let waves: [Problem] = waveOptima.map { wave in
    Problem(
      kind: wave.kind, loss: Losses.named(wave.lossName)!, penalty: penalty(l1: wave.l1, l2: wave.l2),
      rows: waves(wave.kind), optimum: wave.optimum)
  }

  /// Features that are waves: plain, with columns that are copies, constant or nothing, or of all sizes.
  static func waves(_ kind: String) -> Rows {
    let scales = kind == "scales" ? [1e-3, 1, 30, 1e-6, 3] : [1, 1, 1, 1, 1]
    let x = (0..<24).map { i in
      (0..<5).map { j -> Double in
        if kind == "collinear", j == 3 { return 2 }
        if kind == "collinear", j == 4 { return 0 }
        let k = kind == "collinear" && j == 1 ? 0 : j
        return scales[j] * sin(1.3 * Double(i) + 2.1 * Double(k * k) + 0.7 * Double(i * k))
      }
    }
    let labels = (0..<24).map { kind == "rare" ? ($0 == 7 ? 2 : $0 % 2) : label($0) % 3 }
    let values = (0..<24).map { 2 * cos(0.9 * Double($0)) + ($0 % 7 == 0 ? 5 : 0) }
    return Rows(x: x, labels: labels, classes: 3, values: values)
  }
}
