import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("A model knows its columns and where it came from")
struct ProvenanceTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// Of text, numbers with a gap, another delimiter, and a solver with settings of each kind.
  private func fit() throws -> Fit<Float> {
    let table = "size;colour;kind\n1;red;a\n;blue;b\n3;red;b\n4;blue;a\n"
    var options = DataOptions(delimiter: ";")
    (options.roles.categorical, options.missing) = (["colour"], .mean)
    let data = try CSV.read(Input(bytes: Array(table.utf8), name: "t.csv"), options, as: Float.self)
    var read = data
    read.reading = FileReading(form: TableForm(delimiter: ";"))
    return try Trainer(
      loss: Hinge(margin: 0.5), penalty: ElasticNet(l1: 1e-3, l2: 1e-2),
      solver: MiniBatch(Adam(), epochs: 2), scaling: .factor(0.5), seed: 7
    ).fit(read)
  }

  @Test func aTrainedModelTells() throws {
    let fit = try fit()
    let (columns, origin) = (fit.model.columns, fit.model.provenance)
    #expect(
      columns.featureNames == ["size", "colour=blue", "colour=red"] && columns.classNames == ["a", "b"])
    #expect(columns.label == TableColumn(name: "kind", number: 3))
    #expect(columns.table?.columns.first?.mean == 8.0 / 3)
    #expect(columns.table?.columns.last?.categories == ["blue", "red"])
    #expect(columns.reading.form.delimiter == ";")
    #expect(origin.penalty?.settings == [Setting("l1", 1e-3), Setting("l2", 1e-2)])
    #expect(origin.scaling == .init("factor", [Setting("factor", 0.5)]))
    #expect(origin.solver?.name == "adam")
    #expect(origin.solver?.settings.contains(Setting("epochs", 2)) == true)
    #expect((origin.seed, origin.precision, origin.stopReason) == (7, .float, .finished))
    #expect((origin.objective, origin.trainingLoss) == (fit.objective, fit.loss))
    #expect(origin.isCertified == false && origin.version == Provenance.currentVersion)
  }

  @Test(arguments: ModelFile.Format.allCases) func filesKeepAllOfIt(_ format: ModelFile.Format) throws {
    var model = try fit().model
    model.provenance.remarks = [Setting("author", "é\n")]
    let read = try ModelFile.read(bytes: ModelFile.bytes(of: model, as: format), name: "m")
    guard case .float(let back) = read else {
      Issue.record("another precision")
      return
    }
    #expect(back.columns == model.columns && back.provenance == model.provenance)
    #expect(back.loss.settings == [Setting("margin", 0.5)])
  }

  /// What version 0.1 wrote is written again text for text, but for the margin that it gave to every loss.
  @Test(arguments: ["huber", "images", "network", "softmax", "squared-hinge"])
  func oldFilesAreWrittenAgainAsTheyWere(_ name: String) throws {
    let path = "\(Self.root)/References/version-0.1/\(name).safetensors"
    let old = try Safetensors(decoding: Input(path), allowsNonFinite: false).metadata
    let new =
      switch try ModelFile.read(path) {
      case .float(let model): ModelFile.metadata(of: model)
      case .double(let model): ModelFile.metadata(of: model)
      }
    func facts(_ texts: [String: String]) -> [String: String] {
      texts.filter { !$0.key.hasPrefix("loss.") && $0.key != "margin" }
    }
    #expect(facts(new) == facts(old))
  }

  @Test func whatMakesNoSenseIsARemark() {
    let texts = [
      "delimiter": "a", "header": "perhaps", "zero_based": "1", "label": "y", "seed": "many",
      "certified": "yes", "objective": "1", "penalty": "bridge", "bridge": "3", "stop_reason": "tired",
    ]
    var notes = ModelNotes(texts)
    #expect(notes.label() == nil && notes.table() == nil && notes.reading() == FileReading())
    let origin = notes.provenance()
    #expect(origin.penalty == .init("bridge") && origin.seed == nil && origin.stopReason == nil)
    let remarks = Dictionary(uniqueKeysWithValues: origin.remarks.map { ($0.name, $0.text) })
    #expect(remarks == texts.filter { $0.key != "penalty" })
    // And written as it was.
    var model = TrainedModel<Float>(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [1, 0], classNames: [],
      loss: SquaredError())
    model.provenance = origin
    #expect(ModelNotes.texts(of: model) == texts)
  }
}
