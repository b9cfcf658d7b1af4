public import ArgumentParser
import Descent
public import DescentFiles

extension DataOptions.Format: ExpressibleByArgument {}

/// How the files of data are to be read: options that all commands share.
struct DataArguments: ParsableArguments {
  @OptionGroup var columns: ColumnArguments

  @Option(
    help: ArgumentHelp(
      "The file of labels (IDX, .npy, .npz:NAME; text of a line each: .csv, .tsv, .txt) that goes with IDX images or a NumPy array. An archive's own are found by their name, such as y or labels.",
      valueName: "file"), completion: .data)
  var labels: String?

  @Option(help: ArgumentHelp("The format, where the file's name does not tell it.", valueName: "name"))
  var format: DataOptions.Format?

  @OptionGroup(title: "How tables are written") var form: FormArguments

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: "The indices of LIBSVM rows count from 0. Default: as for the model, else from 1.")
  var zeroBased: Bool?

  @Flag(help: "Leave features out of LIBSVM rows that the model does not take. Default: an error.")
  var dropExtraFeatures = false

  @OptionGroup var cells: CellArguments

  @Option(
    help: ArgumentHelp("A database of SQLite to read instead of DATA, by --query.", valueName: "file"),
    completion: .file(extensions: ["db", "sqlite", "sqlite3"]))
  var sqlite: String?

  @Option(
    help: ArgumentHelp(
      "What to read from --sqlite, as \"select width, kind from flowers\".", valueName: "sql"))
  var query: String?

  func validate() throws {
    try Usage.require((sqlite == nil) == (query == nil), "--sqlite and --query go together")
    for (isGiven, option) in [
      (format != nil, "--format"), (labels != nil, "--labels"), (zeroBased != nil, "--zero-based"),
      (dropExtraFeatures, "--drop-extra-features"),
    ] + form.given.map({ (true, $0) }) {
      try Usage.require(
        sqlite == nil || !isGiven, "\(option) is for files of text or images, not for --sqlite")
    }
  }

  /// The file to read: DATA or the database, of which just one is given.
  func path(_ data: String?) throws(ValidationError) -> String {
    switch (data, sqlite) {
    case (let data?, nil): return data
    case (nil, let database?): return database
    case (nil, nil): throw ValidationError("Missing expected argument '<data>', or --sqlite and --query")
    case (_?, _?): throw ValidationError("DATA and --sqlite exclude each other")
    }
  }

  func options(
    labels: String?, target: DataOptions.Target = .classes, model: ModelColumns? = nil
  ) -> DataOptions {
    var options = DataOptions(
      format: format, header: form.tableHeader, label: columns.label.map { .column($0) } ?? .last,
      labelsPath: labels,
      target: target, model: model)
    options.form = form.form
    (options.isZeroBased, options.dropsExtraFeatures) = (zeroBased, dropExtraFeatures)
    options.roles = columns.roles
    cells.set(&options)
    options.query = query
    options.tally = ReadingTally()
    return options
  }

  /// How rows with targets are read that a model is measured by.
  ///
  /// - Parameter name: the model's file.
  func options<Element>(measuring model: TrainedModel<Element>, _ name: String) throws(Failure) -> DataOptions
  {
    var options = options(
      labels: labels, target: model.classNames.isEmpty ? .numbers : .classes, model: model.columns)
    try options.checkMissing(model.columns, model: name)
    options.refusesNegativeTargets = model.loss.link == .logarithm
    return options
  }
}
