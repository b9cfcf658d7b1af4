import Descent
import LinearAlgebra

/// The asymmetric squared error: what is predicted too low costs `weight` times as much as what is too high, as where a shop
/// that runs out loses more than one that has bread left. Its minimum is an expectile. (Newey and Powell, Asymmetric Least
/// Squares Estimation and Testing, Econometrica 55, 1987.)
struct Expectile: Loss {
  let weight: Double
  var name: String { "expectile" }
  var task: LearningTask { .regression }

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { preconditionFailure("an expectile is of numbers") }
    for row in 0..<targets.rows {
      var value = 0.0
      for i in row * columns..<(row + 1) * columns {
        let residual = Double(scores[i]) - numbers[numbers.startIndex + i]
        let factor = residual < 0 ? weight : 1
        value += factor * residual * residual / 2
        scores[i] = Element(factor * residual)
      }
      values[row] = value
    }
  }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .values(let values, let width) = targets else {
      throw .wrongKind(loss: name, wanted: "numbers")
    }
    guard width == columns else { throw .widthMismatch(width: width, columns: columns) }
    for (i, value) in values.enumerated() {
      if let what = NonFinite(value) { throw .notFinite(row: i / width, what) }
    }
  }
}

// The gradient before anything else.
let report = GradientCheck().run(Expectile(weight: 9))
precondition(report.passes(), "\(report)")

// Loaves that were sold on days of more or fewer passers-by, with chance.
var generator = SeededGenerator(seed: 0)
let passers = (0..<400).map { _ in Double.random(in: 50...500, using: &generator) }
let sold = passers.map { 20 + 0.3 * $0 + Double.random(in: -30...30, using: &generator) }
let days = Dataset(features: Matrix(rows: 400, columns: 1, elements: passers), values: sold)
for weight in [1.0, 9] {
  let trainer = Trainer(
    loss: Expectile(weight: weight), penalty: NoPenalty(), solver: MiniBatch(epochs: 2000))
  let fit = try trainer.fit(days, as: Double.self)
  let enough = zip(passers, sold).count { fit.model.scores([$0])[0] >= $1 }
  print(
    "Too few costs \(weight) times too many: bake \(fit.model.scores([300])[0]) at 300 passers-by, enough on \(enough) of 400 days."
  )
}
