import Descent
import DescentFiles
import Foundation
import LinearAlgebra

/// A training that went well, and its measurements.
struct Training {
  let folder: Folder
  let outcome: Tool.Outcome
  let metrics: [String: Any]

  /// Trains in a folder of its own, or in `folder`; the model is `model` there.
  init(
    _ data: String, _ options: String = "", in folder: Folder = Folder(), environment: [String: String] = [:]
  ) {
    self.folder = folder
    outcome = Tool.run(
      ["train", data, "--output", "model", "--metrics", "metrics.json"]
        + options.split(separator: " ").map(String.init), in: folder, environment: environment)
    guard outcome.code == 0,
      let object = try? JSONSerialization.jsonObject(with: Data(folder.read("metrics.json")))
    else {
      metrics = [:]
      return
    }
    metrics = object as? [String: Any] ?? [:]
  }

  func number(_ key: String) -> Double { metrics[key] as? Double ?? .nan }

  var model: [UInt8] { folder.read("model") }

  /// The weights of the model, `[outputs][inputs]`, whatever its precision.
  var weights: [[Double]] {
    switch try? ModelFile.read(folder.path + "/model") {
    case .float(let model)?:
      let w = model.templates!
      return (0..<w.rows).map { w[row: $0].map(Double.init) }
    case .double(let model)?:
      let w = model.templates!
      return (0..<w.rows).map { Array(w[row: $0]) }
    case nil: return []
    }
  }
}

extension Folder {
  /// The bytes of a model but for what differs where the same is learnt from a file of another name or by another
  /// command: those two, and how it did on rows held out.
  func model(_ name: String) -> [UInt8] {
    func bytes<Element: KernelScalar>(_ model: TrainedModel<Element>) -> [UInt8] {
      var model = model
      (model.provenance.command, model.provenance.data) = (nil, nil)
      (model.provenance.heldOutRows, model.provenance.heldOutLoss) = (nil, nil)
      (model.provenance.heldOutAccuracy, model.provenance.heldOutRMSE) = (nil, nil)
      model.provenance.heldOutR2 = nil
      return try! ModelFile.bytes(of: model)
    }
    return switch try! ModelFile.read("\(path)/\(name)") {
    case .float(let model): bytes(model)
    case .double(let model): bytes(model)
    }
  }
}
