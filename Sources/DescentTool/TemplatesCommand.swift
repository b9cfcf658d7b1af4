import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import LinearAlgebra

struct TemplatesCommand: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "Draw the rows of W: what the model looks for in each class.",
    discussion: """
      Positive weights in one hue, negative in another, zero neutral, one scale for all classes: as images where features \
      are pixels, else as bars of the features that weigh most. Of a network the first layer is drawn, a picture a unit. \
      The names in a PNG are drawn by rsvg-convert, where it is installed.

        descent templates fashion.onnx -o templates.png
        descent templates digits.onnx -o templates.svg --shape 8x8
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The picture's file: .png or .svg.", valueName: "file"),
    completion: .file(extensions: ["png", "svg"]))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Height, width and, where there are several, channels of images of which the data did not say so, as 28x28. Default: what names such as pixel_0_7 say, or a square where features have no names.",
      valueName: "HxWxC"))
  var shape: ImageShapeArgument?

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  func validate() throws {
    try files.checkNames()
  }

  private var files: [Output?] { [Output("--output", output, .picture), written.file] }

  func run() throws {
    let stored = try ModelFile.read(model)
    try force.check(files, against: [model])
    try stored.run(self)
  }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    guard let (weights, names) = model.drawableWeights else {
      throw Failure(.badData, "\(self.model): its first layer has no weight a feature to draw")
    }
    if let shape = shape?.shape, shape.pixels != model.inputs {
      throw Failure(
        .usage,
        "--shape \(shape.height)x\(shape.width)x\(shape.channels) is \(shape.pixels) numbers, "
          + "the model takes \(model.inputs)")
    }
    let guess = shape == nil && model.imageShape == nil ? model.guessedShape : nil
    let image = shape?.shape ?? model.imageShape ?? guess
    let picture = Templates(
      weights: weights, classNames: names, featureNames: model.featureNames,
      shape: image)
    try PictureFile(path: output).write(picture.svg(), orElse: picture.wordlessPNG)
    let note = guess.map { ", as images of \($0.height) × \($0.width); --shape says otherwise" } ?? ""
    try written.tell(
      output, note: note,
      [
        "model": .text(self.model), "pictures": .count(weights.rows), "names": .list(names.map { .text($0) }),
        "image": image.map { .list([$0.height, $0.width, $0.channels].map { .count($0) }) } ?? .null,
        "image_is_guessed": .flag(guess != nil),
      ])
  }
}

/// `28x28` or `32x32x3`
struct ImageShapeArgument: ExpressibleByArgument {
  let shape: ImageShape

  init?(argument: String) {
    let sizes = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard (2...3).contains(sizes.count), sizes.allSatisfy({ $0 >= 1 && $0 <= 1 << 20 }) else { return nil }
    shape = ImageShape(height: sizes[0], width: sizes[1], channels: sizes.count == 3 ? sizes[2] : 1)
  }
}
