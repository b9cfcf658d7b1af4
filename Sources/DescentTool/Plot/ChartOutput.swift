import ArgumentParser
import DescentFiles
import DescentPictures

/// Where a chart goes.
struct ChartOutput: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The picture's file, .svg or .png. Default: standard output, as SVG.", valueName: "file"),
    completion: .file(extensions: ["svg", "png"]))
  var output = "-"

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  func validate() throws { try files.checkNames() }

  private var files: [Output?] { [Output("--output", output, .picture), written.file] }

  /// Before any work.
  func check(against inputs: [String?]) throws {
    try force.check(files, against: inputs)
    try PictureFile(path: output).check()
  }

  func write(_ picture: DrawnPicture) throws {
    try PictureFile(path: output).write(picture.svg)
    try written.tell(output, picture.facts)
  }
}
