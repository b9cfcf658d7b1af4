import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import LinearAlgebra

struct TemplatesCommand: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "Draw the rows of W: what the model looks for in each class.",
    discussion: """
      Positive weights in one hue, negative in another, zero neutral, one scale for all classes.

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
      "Height, width and, where there are several, channels of images of which the data did not say so, as 28x28.",
      valueName: "HxWxC"))
  var shape: ImageShapeArgument?

  @OptionGroup var force: ForceArguments

  func validate() throws {
    try files.checkNames()
  }

  private var files: [Output?] { [Output("--output", output, .picture)] }

  func run() throws {
    let stored = try ModelFile.read(model)
    try force.check(files, against: [model])
    try stored.run(self)
  }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    guard let weights = model.comparableTemplates else {
      throw Failure(.badData, "\(self.model): only linear models have templates")
    }
    if let shape = shape?.shape, shape.pixels != model.inputs {
      throw Failure(
        .usage,
        "--shape \(shape.height)x\(shape.width)x\(shape.channels) is \(shape.pixels) numbers, "
          + "the model takes \(model.inputs)")
    }
    let picture = Templates(
      weights: weights, classNames: model.outputNames, featureNames: model.featureNames,
      shape: shape?.shape ?? model.imageShape)
    let bytes = output.lowercased().hasSuffix(".png") ? picture.png() : Array(picture.svg().utf8)
    try AtomicFile.write(output, bytes)
    Console.say("wrote \(output)")
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
