import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import Foundation

struct PlotPath: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract:
      "Draw a path of penalties: weights in the units of the data, how many are not zero, and losses.",
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
    try AtomicFile.write(
      output, output.lowercased().hasSuffix(".png") ? picture.png() : Array(picture.svg().utf8))
    try written.tell(output, ["path": .text(file), "points": .count(path.points.count)])
  }
}

extension PathFile {
  /// Of the weights as they are.
  fileprivate var picture: PathPicture {
    var weights: [Int: [Double]] = [:]
    for (number, point) in points.enumerated() {
      for (index, value) in zip(point.weights.indices, point.weights.values) {
        weights[index, default: Array(repeating: 0, count: points.count)][number] = value
      }
    }
    let heldOut = points.compactMap(\.heldOutLoss)
    let (goesByL1, goesByL2) = (Set(points.map(\.l1)).count > 1, Set(points.map(\.l2)).count > 1)
    return PathPicture(
      title: goesByL1 && goesByL2 ? "l1 + l2" : goesByL2 ? "l2" : "l1",
      strengths: points.map { goesByL1 && goesByL2 ? $0.l1 + $0.l2 : goesByL2 ? $0.l2 : $0.l1 },
      weights: weights.sorted { $0.key < $1.key }.map { (name(of: $0.key), $0.value) },
      nonzeros: points.map(\.nonzeros), training: points.map(\.loss),
      heldOut: heldOut.count == points.count ? heldOut : nil)
  }
}
