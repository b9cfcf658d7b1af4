import Descent
import Foundation

// Of Documentation/Descent.docc/AddingALoss.md.
struct LogCosh: Loss {
  var name: String { "log-cosh" }
  var task: LearningTask { .regression }

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { preconditionFailure("log-cosh learns numbers") }
    for row in 0..<targets.rows {
      var value = 0.0
      for column in 0..<columns {
        let i = row * columns + column
        let residual = Double(scores[i]) - numbers[numbers.startIndex + i]
        value += abs(residual) + log1p(exp(-2 * abs(residual))) - log(2)
        scores[i] = Element(tanh(residual))
      }
      values[row] = value
    }
  }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .values(let values, _) = targets else { throw .wrongKind(loss: name, wanted: "numbers") }
    for (i, value) in values.enumerated() {
      if let what = NonFinite(value) { throw .notFinite(row: i / columns, what) }
    }
  }
}
