import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import Foundation

struct PlotPath: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract:
      "Draw a path of penalties: the weights, how many are not zero, and losses.",
    discussion: """
        descent path digits.csv --output path.json
        descent plot path path.json -o path.svg
      """)

  @Argument(help: "A file of JSON that 'descent path' wrote.", completion: .file(extensions: ["json"]))
  var file: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The picture's file: .svg or .png.", valueName: "file"),
    completion: .file(extensions: ["svg", "png"]))
  var output: String

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  func validate() throws { try files.checkNames() }

  private var files: [Output?] { [Output("--output", output, .picture), written.file] }

  func run() throws {
    try force.check(files, against: [file])
    let path = try PathFile.decoded(file, "path; 'descent path DATA --output FILE.json' writes one")
    guard !path.points.isEmpty else { throw Failure(.badData, "\(file): the path has no points yet") }
    let picture = path.picture
    try PictureFile(path: output).write(picture.svg(), orElse: picture.wordlessPNG)
    try written.tell(output, ["path": .text(file), "points": .count(path.points.count)])
  }
}

extension PathFile {
  var picture: PathPicture {
    let heldOut = points.compactMap(\.heldOutLoss)
    return PathPicture(
      title: strength.name, strengths: points.map(strength.of), weightUnit: weightUnit,
      weights: largestWeights.map { ($0.name, $0.values) },
      nonzeros: points.map(\.nonzeros), training: points.map(\.loss),
      heldOut: heldOut.count == points.count && !heldOut.isEmpty ? heldOut : nil)
  }
}
