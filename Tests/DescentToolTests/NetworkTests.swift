import Descent
import DescentFiles
import Foundation
import Testing

@Suite("Networks from the command line")
struct NetworkTests {
  private static func train() -> Training {
    Training(
      Tool.digits, "--model network --hidden 64,32 --holdout 0.2 --epochs 30 --seed 1")
  }

  @Test func trainsEvaluatesAndPredicts() throws {
    let training = Self.train()
    #expect(training.outcome.code == 0, "\(training.outcome.errors)")
    #expect(training.number("test_accuracy") >= 0.96)
    #expect(training.metrics["gap_reason"] as? String == "a network's objective is not convex")
    let evaluated = Tool.run(
      ["evaluate", "model", Tool.digits, "--holdout", "0.2", "--seed", "1"], in: training.folder)
    let percent = String(format: "%.2f", 100 * training.number("test_accuracy"))
    #expect(evaluated.measured("accuracy") == "\(percent) %")
    let predicted = Tool.run(["predict", "model", Tool.digits, "--probabilities"], in: training.folder)
    #expect(predicted.code == 0 && predicted.lines.count == 1798)
    let inspected = Tool.run(["inspect", "model"], in: training.folder).output
    for part in ["weights1  ", "64 × 64", "32 × 64", "10 × 32", "network, 64 features to 10 scores"] {
      #expect(inspected.contains(part), "\(part): \(inspected)")
    }
    let templates = Tool.run(["templates", "model", "-o", "t.png"], in: training.folder)
    #expect(templates.code == 0 && training.folder.names.contains("t.png"))  // its first layer
  }

  @Test(arguments: ["float", "double"]) func theFileHoldsIt(_ precision: String) throws {
    let training = Training(
      Tool.digits,
      "--model network --hidden 9 --activation leaky-relu --dropout 0.25 --epochs 1 --precision \(precision)")
    let path = training.folder.path + "/model"
    let network: Network?
    switch try ModelFile.read(path) {
    case .float(let model):
      network = model.architecture as? Network
      #expect(try ModelFile.bytes(of: model) == training.model)
      #expect(precision == "float")
    case .double(let model):
      network = model.architecture as? Network
      #expect(try ModelFile.bytes(of: model) == training.model)
      #expect(precision == "double")
    }
    #expect(network?.layers.map(\.text) == ["affine 9", "leaky-relu 0.01", "dropout 0.25", "affine 10"])
  }

  @Test func damagedFiles() throws {
    let (folder, training) = (Folder(), Self.train())
    guard case .float(let model) = try ModelFile.read(training.folder.path + "/model") else {
      Issue.record("not a model of Floats")
      return
    }
    let bytes = try ModelFile.bytes(of: model, as: .safetensors)
    let file = try Safetensors(decoding: bytes, file: "model")
    func expect(_ words: String, _ change: (inout Safetensors) -> Void) {
      var changed = file
      change(&changed)
      folder.write("bad", changed.encoded())
      let outcome = Tool.run(["inspect", "bad"], in: folder)
      #expect(outcome.code == 65 && outcome.errors.count == 1)
      #expect(outcome.errors.first?.contains(words) == true, "\(words): \(outcome.errors)")
    }
    let layers = #"["affine 64","relu","affine 32","relu","affine 10"]"#
    #expect(file.metadata["layers"] == layers)
    for unknown in ["affine 0", "affine -3", "affine", "dropout 1", "gelu", "leaky-relu 2", ""] {
      expect("unknown layer '\(unknown)'") {
        $0.metadata["layers"] = layers.replacingOccurrences(of: "affine 32", with: unknown)
      }
    }
    expect("does not hold weights2 [33, 64]") {
      $0.metadata["layers"] = layers.replacingOccurrences(of: "affine 32", with: "affine 33")
    }
    expect("does not begin with an affine layer") { $0.metadata["layers"] = #"["relu","affine 10"]"# }
    expect("does not begin with an affine layer") { $0.metadata["layers"] = "[]" }
    expect("other tensors than those") { $0.metadata["layers"] = #"["affine 64","relu","affine 32"]"# }
    expect("names 9 classes") { $0.metadata["classes"] = #"["a","b","c","d","e","f","g","h","i"]"# }
  }

  @Test func wrongUsage() {
    let cases = [
      ("--hidden 64", "--hidden is for networks; add --model network"),
      ("--model network --hidden 0", "--hidden: a layer has from 1 to 1000000 units, not 0"),
      ("--model network --hidden 64,", "The value '64,' is invalid for '--hidden <units,...>'"),
      ("--model network --dropout 1", "--dropout must be at least 0 and below 1, not 1.0"),
      ("--model network --dropout nan", "--dropout must be at least 0 and below 1, not nan"),
      (
        "--model network --tolerance 0.1",
        "--tolerance is for solvers that see all rows; give a network --epochs or --patience"
      ),
      ("--clip 0", "--clip must be a number above 0, not 0.0"),
      ("--patience 0", "--patience must be a whole number of 1 or more, not 0"),
      ("--validation 0.1", "--validation needs --patience"),
      ("--patience 2 --validation 1", "--validation must be a fraction between 0 and 1, not 1.0"),
    ]
    for (arguments, message) in cases {
      let outcome = Tool.run(
        ["train", Tool.digits] + arguments.split(separator: " ").map(String.init), in: Folder())
      #expect(outcome.errors == ["descent: \(message); see 'descent train --help'"])
      #expect(outcome.code == 64)
    }
  }

  @Test(arguments: ["newton", "direct", "proximal-newton", "augmented-lagrangian"])
  func solversOfLinearModels(_ solver: String) {
    let outcome = Tool.run(["train", Tool.digits, "--model", "network", "--solver", solver], in: Folder())
    #expect(outcome.code == 64)
    #expect(outcome.errors.count == 1 && outcome.errors[0].contains("\(solver) is for linear models"))
  }

  @Test func divergence() {
    let training = Training(Tool.digits, "--model network --solver sgd --learning-rate 1e9")
    #expect(training.outcome.code == 70)
    #expect(training.outcome.errors.last?.contains("lower --learning-rate") == true)
    #expect(!training.folder.names.contains("model"))
  }

  @Test func earlyStopping() {
    let training = Training(
      Tool.digits, "--model network --epochs 500 --patience 3 --validation 0.2 --solver adam --clip 5")
    #expect(training.metrics["stop_reason"] as? String == "no-progress")
    #expect(training.number("epochs") < 500 && training.number("rows") == 1797)
    #expect(training.outcome.errors.contains { $0.hasPrefix("loss on the rows held out") })
  }

  @Test func check() {
    for options in ["", "--model network --hidden 32"] {
      let outcome = Tool.run(
        ["check", Tool.digits] + options.split(separator: " ").map(String.init), in: Folder())
      #expect(
        outcome.code == 0 && outcome.errors.allSatisfy { $0.hasPrefix("target: ") }, "\(outcome.errors)")
      #expect(outcome.lines.count == 8, "\(outcome.output)")
      #expect(outcome.lines[0].hasPrefix("good    gradient          relative error"))
      #expect(outcome.lines[1].contains("2.303"))
      #expect(!outcome.output.contains("warning"), "\(outcome.output)")
    }
    let bad = Tool.run(["check", "nosuch.csv"], in: Folder())
    #expect(bad.code == 66 && bad.output == "")
  }
}
