public import ArgumentParser
public import DescentFiles

extension Conversion.Format: ExpressibleByArgument {}

enum TypeArgument: String, ExpressibleByArgument, CaseIterable { case uint8, float16, float32, float64 }

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write DATA in another format.",
    usage:
      "descent convert <data> <output> [<options>]\ndescent convert --sqlite <file> --query <query> <output> [<options>]",
    discussion: """
      Row by row: memory does not grow with DATA, but for 8 bytes a label where labels have a file of their own. A \
      .npy file is what 'descent train' maps into memory without reading it: the form for data larger than memory.

        descent convert big.csv.gz big.npy --labels-output big-labels.npy
        descent train big.npy --labels big-labels.npy
        descent convert images-idx3-ubyte.gz images.csv --labels labels-idx1-ubyte.gz
        descent convert rows.svm rows.csv
        descent convert cifar-10-batches-bin cifar.npy --labels-output cifar-labels.npy
        descent convert digits.csv digits.npz
        descent convert data.npz:images images.npy --labels-output labels.npy
        descent convert --sqlite shop.db --query "select age, bought from visits" visits.csv
        descent convert rows.npy - --output-format tsv | head

      In a table the label is the last column, with its name; .npz holds the features as x and the labels as y. NPY, NPZ \
      and IDX hold numbers only, so classes must be numbers there. Text is compressed where its name ends in .gz or .zst; arrays are not, which are to be mapped.
      """)

  @Argument(help: ArgumentHelp(FormatHelp.converted), completion: .data)
  var data: String?

  @Argument(
    help:
      "The file to write: .csv, .tsv, .svm, each also .gz or .zst, .npy, .npz or IDX; - is standard output.",
    completion: .data)
  var output: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments

  @Flag(help: "All columns of the table are features.")
  var noLabels = false

  @Option(
    help: ArgumentHelp("The format of the output, where its name does not tell it.", valueName: "name"))
  var outputFormat: Conversion.Format?

  @Option(
    help: ArgumentHelp(
      "Where the labels go if the output is NPY or IDX: .npy, IDX or .csv, a line each.", valueName: "file"),
    completion: .data)
  var labelsOutput: String?

  @Option(
    help: ArgumentHelp(
      "What NPY, NPZ and IDX store. Default: the type that DATA stores; float32 for tables.",
      valueName: "name"))
  var type: TypeArgument?

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  /// What is read and what is written: of a database the only argument is the output.
  private func paths() throws(ValidationError) -> (input: String, output: String) {
    if let database = dataArguments.sqlite {
      guard output == nil else { throw ValidationError("DATA and --sqlite exclude each other") }
      guard let data else { throw ValidationError("Missing expected argument '<output>'") }
      return (database, data)
    }
    guard let output else { throw ValidationError("Missing expected argument '<output>'") }
    return (try dataArguments.path(data), output)
  }

  func validate() throws {
    try Usage.require(
      !(noLabels && dataArguments.columns.label != nil), "--no-labels and --label exclude each other")
    try Usage.require(
      try paths().output != "-" || outputFormat != nil, "standard output needs --output-format")
    try [Output("<output>", paths().output, .data()), written.file].checkNames()
    let format = try outputFormat ?? Conversion.Format(path: paths().output)
    try Usage.require(
      type == nil || format == nil || [.npy, .npz, .idx].contains(format),
      "--type is for arrays (npy, npz, idx), and text spells each number out; leave it out")
  }

  func run() throws {
    let (data, output) = try paths()
    let inputs = [data, dataArguments.labels]
    try force.check(
      [Output("<output>", output, .data()), Output("--labels-output", labelsOutput, .data())], against: inputs
    )
    var options = dataArguments.options(labels: dataArguments.labels)
    if noLabels { options.label = .absent }
    let conversion = Conversion(
      from: data, options, to: output, format: outputFormat, labels: labelsOutput,
      as: type.flatMap { NumberType(rawValue: $0.rawValue) })
    let rows = try Loading(isQuiet: quiet).showing("converting", data) { try conversion.run(progress: $0) }
    if !quiet {
      if let tally = options.tally { say(tally, of: data) }
      Console.say(
        "wrote \(rows) rows to \(([output] + [labelsOutput].compactMap { $0 }).joined(separator: " and "))")
    }
    let counts = options.tally?.counts
    try written.answer([
      "data": .text(data), "output": .text(output), "labels_output": .text(labelsOutput),
      "rows": .count(rows),
      "dropped_rows": .count(counts?.droppedRows ?? 0), "filled_cells": .count(counts?.filledCells ?? 0),
    ])
  }
}
