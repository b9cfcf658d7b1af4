import Descent
import DescentFiles
import Foundation
import LinearAlgebra
import Testing

@Suite("train --no-intercept, and certified coefficients at the default options")
struct InterceptTests {
  private static func nist(_ name: String) -> String { "\(Tool.root)/Tests/References/nist/\(name).csv" }

  /// The intercept first, unless `bare`.
  private func coefficients(_ training: Training, bare: Bool) throws -> [Double] {
    guard case .double(let model) = try ModelFile.read(training.folder.path + "/model") else {
      Issue.record("a Float model")
      return []
    }
    return (bare ? [] : model.biases!) + Array(model.templates!.elements)
  }

  @Test(
    "six digits and more without a word on precision",
    arguments: [
      "Norris", "Pontius", "Filip", "Longley", "Wampler1", "Wampler2", "Wampler3", "Wampler4", "Wampler5",
      "NoInt1", "NoInt2",
    ])
  func certified(_ name: String) throws {
    let bare = name.hasPrefix("NoInt")
    let training = Training(
      Self.nist(name), "--label y --loss squared --l2 0" + (bare ? " --no-intercept" : ""))
    #expect(training.outcome.code == 0, "\(training.outcome.errors)")
    let lines = try String(contentsOfFile: Self.nist(name + ".certified"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    let certified = lines.map { Double($0.split(separator: ",")[0])! }
    let found = try coefficients(training, bare: bare)
    #expect(found.count == certified.count)
    for (a, b) in zip(found, certified) { #expect(abs(a - b) <= 1e-6 * abs(b), "\(a) for \(b)") }
    #expect(training.metrics["precision"] as? String == "double")
    #expect(training.metrics["intercept"] as? Bool == !bare)
    #expect(training.outcome.errors.contains { $0.hasPrefix("precision double: no penalty") })
  }

  @Test("the model says so and predicts so", arguments: ["onnx", "safetensors"])
  func model(_ format: String) throws {
    let folder = Folder()
    folder.write("data.csv", Samples.line)
    let file = "model.\(format)"
    let trained = Tool.run(["train", "data.csv", "--no-intercept", "--l2", "0", "-o", file], in: folder)
    #expect(trained.code == 0, "\(trained.errors)")
    #expect(trained.errors.contains { $0.hasSuffix("no intercept: features are not shifted") })
    let shown = Tool.run(["inspect", file], in: folder)
    #expect(shown.lines.contains { $0.split(separator: " ") == ["intercept", "none"] })
    #expect(!shown.output.contains("biases"))
    // A line through 0: at x = 0 it is 0.
    folder.write("zero.csv", "x\n0\n2\n")
    let lines = Tool.run(["predict", file, "zero.csv"], in: folder).lines.dropFirst().map { Double($0)! }
    let x = (0..<20).map { Double($0) / 4 }
    let slope = x.reduce(0) { $0 + $1 * (2 * $1 + 1.25) } / x.reduce(0) { $0 + $1 * $1 }
    #expect(lines.count == 2 && lines.first == 0 && abs(lines.last! - 2 * slope) < 1e-9)
  }

  @Test("a checkpoint with an intercept is not one of a training without")
  func checkpoint() {
    let folder = Folder()
    folder.write("data.csv", Samples.points)
    let options = ["train", "data.csv", "-o", "m.onnx", "--checkpoint", "c.ckpt", "--epochs", "2"]
    #expect(Tool.run(options, in: folder).code == 0)
    let other = Tool.run(options + ["--resume", "--no-intercept"], in: folder)
    #expect(other.code == 65 && other.errors.last?.contains("intercept") == true, "\(other.errors)")
  }

  @Test("a network is refused, with the reason")
  func network() {
    let folder = Folder()
    folder.write("data.csv", Samples.points)
    let run = Tool.run(["train", "data.csv", "--no-intercept", "--model", "network"], in: folder)
    #expect(run.code == 64 && run.errors[0].contains("--no-intercept is for linear models"))
  }

  @Test("'check' finds its gradient right")
  func check() {
    let folder = Folder()
    folder.write("data.csv", Samples.points)
    let run = Tool.run(["check", "data.csv", "--no-intercept"], in: folder)
    #expect(run.code == 0 && run.lines[0].hasPrefix("good"), "\(run.lines)")
  }

  @Test("features that rounding alone tells apart are refused with the condition number")
  func hopeless() {
    let folder = Folder()
    let rows = (0..<30).map { i in
      let a = sin(1.3 * Double(i))
      return "\(a),\(a + 3e-14 * cos(2.7 * Double(i))),\(cos(Double(i)))\n"
    }
    folder.write("data.csv", "a,b,y\n" + rows.joined())
    let run = Tool.run(["train", "data.csv", "--loss", "squared", "--l2", "0"], in: folder)
    #expect(run.code == 65 && run.errors.last?.contains("condition number of") == true, "\(run.errors)")
    #expect(!folder.names.contains { $0.hasSuffix(".onnx") })
  }
}
