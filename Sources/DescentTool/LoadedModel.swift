import Descent
import DescentFiles
import LinearAlgebra

extension TrainedModel {
  /// What data for the model must fit.
  var columns: ModelColumns {
    let number = notes["label_column"].flatMap { Int($0) }
    return ModelColumns(
      features: inputs, featureNames: featureNames, classNames: classNames,
      label: number.map { LabelColumn(name: notes["label"], number: $0) },
      table: notes[TableSchema.noteName].flatMap { TableSchema(json: $0) },
      reading: FileReading(notes: notes))
  }

  /// A name for each score: that of the class it speaks for.
  var outputNames: [String] {
    let outputs = architecture.outputs
    if classNames.count == outputs { return classNames }
    // The logistic loss has one score, which speaks for the second class.
    return outputs == 1 && classNames.count == 2 ? [classNames[1]] : (1...outputs).map { "output \($0)" }
  }

  /// The model with notes on how files like that of its data are read.
  func keeping(_ reading: FileReading) -> TrainedModel {
    var result = self
    result.notes.merge(reading.notes) { $1 }
    return result
  }

  /// The model with notes on how it came about.
  func noting(_ fit: Fit<Element>, _ trainer: Trainer, _ training: Dataset) -> TrainedModel {
    var result = self
    result.notes = [
      "objective": "\(fit.objective)", "training_loss": "\(fit.loss)", "penalty": trainer.penalty.name,
      "scaling": trainer.scaling.name, "solver": fit.solver,
      "seed": "\(fit.seed)",
      "stop_reason": fit.stopReason.rawValue, "precision": Element.self == Float.self ? "float" : "double",
      "descent_version": ModelFile.producerVersion,
    ]
    for setting in trainer.penalty.settings { result.notes[setting.name] = setting.text }
    for setting in trainer.scaling.settings { result.notes["scaling.\(setting.name)"] = setting.text }
    for setting in trainer.solver.settings { result.notes["solver.\(setting.name)"] = setting.text }
    let gap = fit.certificate.flatMap { $0.gap.isFinite ? $0.gap : nil }
    result.notes["certified"] = fit.isProved ? "true" : "false"
    result.notes["gap"] = gap.map { "\($0)" }
    result.notes[TableSchema.noteName] = training.table?.json
    result.notes["label"] = training.labelColumn?.name
    result.notes["label_column"] = training.labelColumn.map { "\($0.number)" }
    return result
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
