import Descent
import DescentFiles
import Foundation

/// What a training says of itself, in its metrics and in the model: how it was asked for, and of what.
struct RunRecord {
  /// As it was typed, to be pasted.
  let command: String
  /// Without what has no part in the model.
  let decidingCommand: String
  /// Each option with its value, null where it was left out and has no default.
  let options: [String: JSONValue]
  /// The name of the file, and a hash of what it holds.
  let data, fingerprint: String
  /// All that were read.
  let rows: Int
  /// Only where SOURCE_DATE_EPOCH gives one: equal runs write equal bytes.
  let date: String?

  init(_ command: some Any, data path: String, _ data: TrainingRows) {
    let arguments = Array(CommandLine.arguments.dropFirst())
    self.command = CommandText.all(arguments)
    decidingCommand = CommandText.deciding(arguments)
    options = OptionValues.of(command)
    self.data = path.fileName
    (fingerprint, rows) = (data.fingerprint.text, data.rows)
    date = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }.map {
      Date(timeIntervalSince1970: $0).formatted(.iso8601)
    }
  }

  /// The model with all of it, and with how it did on rows held out.
  func signed<Element>(_ model: TrainedModel<Element>, _ heldOut: Evaluation?) -> TrainedModel<Element> {
    var model = model
    model.provenance.command = decidingCommand
    (model.provenance.data, model.provenance.dataHash, model.provenance.dataRows) = (data, fingerprint, rows)
    model.provenance.date = date
    if let heldOut {
      (model.provenance.heldOutRows, model.provenance.heldOutLoss) = (heldOut.rows, heldOut.loss)
      (model.provenance.heldOutAccuracy, model.provenance.heldOutRMSE) = (heldOut.accuracy, heldOut.rmse)
      model.provenance.heldOutR2 = heldOut.r2
    }
    return model
  }
}

extension String {
  /// The last part of a path.
  var fileName: String {
    self == "-" ? "standard input" : split(separator: "/").last.map(String.init) ?? self
  }
}
