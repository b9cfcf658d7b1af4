import Descent
import DescentFiles
import LinearAlgebra

extension TrainedModel {
  /// A name for each score: that of the class it speaks for.
  var outputNames: [String] {
    let outputs = architecture.outputs
    if classNames.count == outputs { return classNames }
    // The logistic loss has one score, which speaks for the second class.
    return outputs == 1 && classNames.count == 2 ? [classNames[1]] : (1...outputs).map { "output \($0)" }
  }
}

/// A piece of work on a model of either precision.
protocol ModelWork {
  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws
}

extension StoredModel {
  func run(_ work: some ModelWork) throws {
    switch self {
    case .float(let model): try work.run(model)
    case .double(let model): try work.run(model)
    }
  }
}
