import Descent
import DescentFiles
import LinearAlgebra

extension TrainedModel {
  /// A name for each score: that of the class it speaks for.
  var outputNames: [String] {
    let outputs = architecture.outputs
    if classNames.count == outputs { return classNames }
    // The logistic loss has one score, which speaks for the second class.
    if outputs == 1, classNames.count == 2 { return [classNames[1]] }
    if outputs == 1, let target = columns.label?.name { return [target] }
    return (1...outputs).map { "output \($0)" }
  }

  /// A name for each feature: its own, or its number from 1.
  var allFeatureNames: [String] {
    featureNames.isEmpty ? (0..<inputs).map { "x\($0 + 1)" } : featureNames
  }
}

/// A piece of work on a model of either precision.
protocol ModelWork {
  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws
}

extension StoredModel {
  /// Does it by code that is compiled once for both precisions: for work on each number of much, there is ``runCompiled(_:)``.
  func run(_ work: some ModelWork) throws {
    func run<Element: KernelScalar & StoredNumber>(as type: Element.Type) throws {
      switch self {
      case .float(let model): try work.run(model as! TrainedModel<Element>)
      case .double(let model): try work.run(model as! TrainedModel<Element>)
      }
    }
    try run(as: precision.type)
  }

  private var precision: Precision {
    switch self {
    case .float: .float
    case .double: .double
    }
  }

  /// Does it by code that is compiled for each precision by itself.
  func runCompiled(_ work: some ModelWork) throws {
    switch self {
    case .float(let model): try work.run(model)
    case .double(let model): try work.run(model)
    }
  }
}

extension Precision {
  /// That of the numbers; nobody who is told it only at run time is compiled for either.
  var type: any (KernelScalar & StoredNumber).Type { self == .double ? Double.self : Float.self }
}
