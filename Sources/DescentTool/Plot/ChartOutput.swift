import ArgumentParser
import DescentFiles
import DescentPictures

/// Where a chart goes.
struct ChartOutput: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The picture's file, .svg. Default: standard output.", valueName: "file.svg"),
    completion: .file(extensions: ["svg"]))
  var output = "-"

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  func validate() throws {
    guard output.lowercased().hasSuffix(".png") else { return try files.checkNames() }
    let vector = output.dropLast(4) + ".svg"
    throw ValidationError(
      "charts are drawn as SVG: name \(vector), of which 'rsvg-convert \(vector) -o \(output)' makes a PNG")
  }

  private var files: [Output?] { [Output("--output", output, .chart), written.file] }

  /// Before any work.
  func check(against inputs: [String?]) throws { try force.check(files, against: inputs) }

  func write(_ chart: LineChart) throws {
    try AtomicFile.write(output, Array(chart.file().utf8))
    try written.tell(output, chart.facts)
  }
}

extension OutputKind {
  static let chart = OutputKind(
    noun: "picture that descent drew", endings: [".svg"], needsEnding: true
  ) { OutputKind.picture.isOwn($0) }
}
