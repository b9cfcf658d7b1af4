import Descent
import DescentFiles

// Of Documentation/Descent.docc/Deploying.md.
func deployed() throws {
  guard case .float(let model) = try ModelFile.read("digits.onnx") else {
    preconditionFailure("a model in Double")
  }
  let row = [Float](repeating: 1, count: model.inputs)
  print("\(model.classify(row)), of the scores \(model.scores(row)).")

  // Into memory of the caller's: nothing is allocated.
  var scores = [Float](repeating: 0, count: model.scores(row).count)
  var room = scores.mutableSpan
  model.scores(row.span, into: &room)
}
