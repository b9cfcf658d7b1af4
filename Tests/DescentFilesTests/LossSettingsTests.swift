import Descent
import DescentFiles
import Foundation
import Testing

@Suite("A model file keeps the loss with its settings")
struct LossSettingsTests {
  private static let losses: [any Loss] = [
    Huber(delta: 12345.678), Hinge(margin: 0.3), SquaredHinge(margin: 2), Softmax(), SquaredError(),
  ]

  private func model(_ loss: any Loss) -> TrainedModel<Float> {
    let names = loss.task == .classification ? ["a", "b"] : []
    let architecture = LinearModel(inputs: 2, outputs: 2)
    return TrainedModel(
      architecture: architecture, parameters: [1, 2, 3, 4, 5, 6], classNames: names, loss: loss)
  }

  @Test(arguments: losses.indices, ModelFile.Format.allCases)
  func settings(_ index: Int, _ format: ModelFile.Format) throws {
    let loss = Self.losses[index]
    let bytes = try ModelFile.bytes(of: model(loss), as: format)
    guard case .float(let read) = try ModelFile.read(bytes: bytes, name: "m") else {
      Issue.record("another precision")
      return
    }
    #expect(read.lossName == loss.name)
    #expect(read.loss.settings == loss.settings)
    #expect(read.provenance == Provenance())
  }

  /// A safetensors file with other texts: `changes` of old to new of the same length.
  private func read(_ loss: any Loss, _ old: String, _ new: String) throws -> TrainedModel<Float> {
    let bytes = try ModelFile.bytes(of: model(loss), as: .safetensors)
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    let start = try #require(text.range(of: old))
    let offset = text.distance(from: text.startIndex, to: start.lowerBound)
    var changed = bytes
    changed.replaceSubrange(offset..<offset + old.utf8.count, with: Array(new.utf8))
    guard case .float(let model) = try ModelFile.read(bytes: changed, name: "m") else {
      fatalError("another precision")
    }
    return model
  }

  @Test("files of earlier versions name a margin alone")
  func earlierVersions() throws {
    // As long as it was, so that the header's length stays.
    let model = try read(Hinge(margin: 0.375), "\"loss.margin\":\"0.375\"", "\"margin\":\"0.375\"     ")
    #expect(model.loss.settings == [Setting("margin", 0.375)])
  }

  @Test func whatCannotBeIsRefused() throws {
    #expect {
      try read(Huber(delta: 0.375), "\"loss.delta\":\"0.375\"", "\"loss.delta\":\"-0.37\"")
    } throws: {
      "\($0)".contains("has a delta that is not a number above 0")
    }
    #expect {
      try read(Huber(delta: 0.375), "\"loss.delta\":\"0.375\"", "\"loss.gamma\":\"0.375\"")
    } throws: {
      "\($0)".contains("a loss of which this descent does not know all settings; update descent")
    }
  }
}
