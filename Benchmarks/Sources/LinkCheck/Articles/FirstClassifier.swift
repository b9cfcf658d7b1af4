import Descent
import DescentFiles

// Of Documentation/Descent.docc/YourFirstClassifier.md.
func firstClassifier() throws {
  let data = try DataFile.read("Data/digits/digits.csv")
  let (train, test) = data.split(holdout: 0.2, seed: 0)
  let fit = try Trainer(loss: Softmax(), penalty: L2(1e-4)).fit(train)

  print("At most \(fit.certificate!.gap) above the optimum.")
  print("Right on \(100 * fit.model.evaluate(on: test).metrics[.accuracy]!) % of the rows held out.")
  try AtomicFile.write("digits.onnx", ModelFile.bytes(of: fit.model))
}
