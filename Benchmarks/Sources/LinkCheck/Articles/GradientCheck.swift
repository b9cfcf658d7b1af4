import Descent

// Of Documentation/Descent.docc/CheckingAGradient.md.
func gradientCheck() throws {
  let report = GradientCheck().run(Softmax())
  print(report)
  precondition(report.passes())
  precondition(GradientCheck().run(ReLU(), inputs: 5).passes())
}
