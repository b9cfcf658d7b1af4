import Descent
import DescentFiles
import LinearAlgebra
import Testing

@Suite("export")
struct ExportTests {
  private let folder: Folder

  init() {
    folder = Folder()
    folder.write("points.csv", Samples.points)
    _ = Tool.run(["train", "points.csv", "--quiet", "-o", "model.onnx"], in: folder)
  }

  private func model(_ name: String) throws -> TrainedModel<Float> {
    guard case .float(let model) = try ModelFile.read("\(folder.path)/\(name)") else {
      throw CancellationError()
    }
    return model
  }

  @Test func aTableOfTheScores() throws {
    let outcome = Tool.run(["export", "model.onnx", "-o", "weights.csv"], in: folder)
    #expect(outcome.code == 0 && outcome.errors == ["wrote weights.csv"])
    let lines = folder.text("weights.csv").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    #expect(lines[0] == ["class", "bias", "x", "y"])
    #expect(lines.dropFirst().map(\.[0]) == ["a", "b", "c"])
    let model = try model("model.onnx")
    #expect(lines.dropFirst().map { Float($0[1])! } == model.biases)
    #expect(lines.dropFirst().flatMap { $0[2...].map { Float($0)! } } == Array(model.parameters[..<6]))
  }

  @Test func anArray() throws {
    let outcome = Tool.run(["export", "model.onnx", "--format", "npy", "-o", "-"], in: folder)
    #expect(outcome.code == 0 && outcome.errors == [])
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2,), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let numbers = try model("model.onnx").parameters[..<6].flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    #expect(outcome.bytes == [0x93] + Array("NUMPY\u{1}\u{0}v\u{0}".utf8) + Array(padded.utf8) + numbers)
    #expect(Tool.run(["export", "model.onnx", "--part", "biases", "-o", "b.npy"], in: folder).code == 0)
    #expect(folder.read("b.npy").count == 128 + 12)
  }

  @Test func wholeModels() throws {
    #expect(Tool.run(["export", "model.onnx", "-o", "model.safetensors"], in: folder).code == 0)
    #expect(try Safetensors.read(folder.path + "/model.safetensors")["weights"]?.shape == [3, 2])
    #expect(Tool.run(["export", "model.safetensors", "-o", "again.onnx"], in: folder).code == 0)
    #expect(folder.read("again.onnx") == folder.read("model.onnx"))
    for command in [["predict"], ["evaluate"]] {
      let outputs = ["model.onnx", "model.safetensors"].map {
        Tool.run(command + [$0, "points.csv"], in: folder).output
      }
      #expect(outputs[0] == outputs[1] && !outputs[0].isEmpty)
    }
    for name in ["model.onnx", "model.safetensors"] {
      #expect(Tool.run(["templates", name, "-o", name + ".png"], in: folder).code == 0)
    }
    #expect(folder.read("model.onnx.png") == folder.read("model.safetensors.png"))
    #expect(
      Tool.run(["inspect", "model.onnx"], in: folder).output
        == Tool.run(["inspect", "model.safetensors"], in: folder).output)
  }

  @Test func partsOfANetwork() throws {
    let arguments = "train points.csv --model network --hidden 4 --epochs 2 --quiet -o net.onnx"
    #expect(Tool.run(arguments.split(separator: " ").map(String.init), in: folder).code == 0)
    #expect(Tool.run(["export", "net.onnx", "--part", "weights2", "-o", "w.csv"], in: folder).code == 0)
    let rows = folder.text("w.csv").split(separator: "\n").map { $0.split(separator: ",").map { Float($0)! } }
    let net = try model("net.onnx")
    #expect(rows.count == 3 && rows.allSatisfy { $0.count == 4 })
    #expect(rows.flatMap { $0 } == Array(net.parameters[net.architecture.layout["weights2"]!.range]))
    #expect(Tool.run(["export", "net.onnx", "--part", "biases1", "-o", "b.csv"], in: folder).code == 0)
    #expect(folder.text("b.csv").split(separator: "\n").count == 4)
  }

  @Test func wrongUsage() {
    let arguments = "train points.csv --model network --hidden 4 --epochs 2 --quiet -o net.onnx"
    _ = Tool.run(arguments.split(separator: " ").map(String.init), in: folder)
    let cases = [
      (
        ["model.onnx", "-o", "weights"],
        "the name 'weights' does not tell the format; add --format, one of csv, npy, safetensors, onnx; see 'descent export --help'"
      ),
      (
        ["model.onnx", "-o", "m.onnx", "--part", "weights"],
        "--part is for csv and npy; see 'descent export --help'"
      ),
      (
        ["model.onnx", "-o", "w.npy", "--part", "W"],
        "the model has no part 'W'; its parts are weights, biases"
      ),
      (
        ["net.onnx", "-o", "w.csv"],
        "a network has several weights; choose one by --part: weights1, biases1, weights2, biases2"
      ),
    ]
    for (arguments, message) in cases {
      let outcome = Tool.run(["export"] + arguments, in: folder)
      #expect(outcome.errors == ["descent: \(message)"])
      #expect(outcome.code == 64)
    }
    #expect(folder.names == ["model.onnx", "net.onnx", "points.csv"])
  }
}
