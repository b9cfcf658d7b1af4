import Descent
import DescentFiles
import LinearAlgebra

/// Reads a model, and scores a row by it; the file may name itself as the place of its tensors' numbers.
func readModel(_ bytes: [UInt8]) {
  expectFileError { () throws(FileError) in
    try MemoryFile.withPath(bytes) { (path) throws(FileError) in
      switch try ModelFile.read(path) {
      case .float(let model): use(model)
      case .double(let model): use(model)
      }
    }
  }
}

private func use<Element: KernelScalar>(_ model: TrainedModel<Element>) {
  // A model of a few bytes may take many features: its columns have none where it has no outputs to speak of.
  guard model.inputs <= 1 << 16 else { return }
  let scores = model.scores(
    Matrix(rows: 1, columns: model.inputs, elements: Array(repeating: 1, count: model.inputs)))
  if !model.classNames.isEmpty { _ = model.decide(scores) }
  _ = model.comparableTemplates
}
