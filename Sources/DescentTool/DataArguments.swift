public import ArgumentParser
import Descent
public import DescentFiles

extension DataOptions.Format: ExpressibleByArgument {}

enum HeaderArgument: String, ExpressibleByArgument, CaseIterable { case auto, yes, no }

/// How the files of data are to be read: options that all commands share.
struct DataArguments: ParsableArguments {
  @Option(help: "The label's column in a table: its name, or its number from 1. Default: the last column.")
  var label: String?

  @Option(help: "The file of labels (IDX or .npy) that goes with IDX images or a .npy array.")
  var labels: String?

  @Option(help: "The format, where the file's name does not tell it.")
  var format: DataOptions.Format?

  @Option(help: "What separates a table's fields, where it is neither commas nor, in .tsv, tabs.")
  var delimiter: String?

  @Option(help: "Whether a table's first line names the columns.")
  var header = HeaderArgument.auto

  @Flag(help: "The indices of LIBSVM rows count from 0. Default: from 1.")
  var zeroBased = false

  @Flag(help: "Leave features out of LIBSVM rows that the model does not take. Default: an error.")
  var dropExtraFeatures = false

  func validate() throws {
    guard let delimiter else { return }
    let isOne =
      delimiter.utf8.count == 1 && !delimiter.contains { $0.isNewline || $0.isNumber || "\"+-.".contains($0) }
    try Usage.require(isOne, "--delimiter must be one character such as ';', not '\(delimiter)'")
  }

  func options(
    labels: String?, target: DataOptions.Target = .classes, model: ModelColumns? = nil
  ) -> DataOptions {
    let header: DataOptions.Header =
      switch self.header {
      case .auto: .automatic
      case .yes: .present
      case .no: .absent
      }
    var options = DataOptions(
      format: format, delimiter: delimiter?.first, header: header, label: label.map { .column($0) } ?? .last,
      labelsPath: labels,
      target: target, model: model)
    (options.isZeroBased, options.dropsExtraFeatures) = (zeroBased, dropExtraFeatures)
    return options
  }
}
