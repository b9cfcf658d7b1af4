import Descent
import LinearAlgebra

// Of Documentation/Descent.docc/AddingALoss.md.
func customLoss() throws {
  let report = GradientCheck().run(LogCosh())
  precondition(report.passes(), "\(report)")

  let features: Matrix<Double> = [[1], [2], [3], [4]]
  let data = Dataset(features: features, values: [2.1, 3.9, 6.2, 7.8])
  let trainer = Trainer(loss: LogCosh(), penalty: NoPenalty(), solver: MiniBatch(epochs: 2000))
  let fit = try trainer.fit(data, as: Double.self)
  print("At 5 it predicts \(fit.model.scores([5])[0]).")
}
