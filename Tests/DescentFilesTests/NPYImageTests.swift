import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Images as arrays of three and four dimensions, and labels as text, as numpy.savez writes them: Tests/References/npz.py.
@Suite struct NPYImageTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("References/numpy/images.npz").path

  private func read(
    _ features: String, _ labels: String = "y", _ target: DataOptions.Target = .classes
  ) throws -> Dataset {
    try DataFile.read(
      "\(Self.path):\(features)", DataOptions(labelsPath: "\(Self.path):\(labels)", target: target),
      as: Double.self)
  }

  @Test(arguments: [
    ("grey", ImageShape(height: 3, width: 2), 24), ("grey_columns", ImageShape(height: 3, width: 2), 24),
    ("colour", ImageShape(height: 2, width: 3, channels: 2), 48),
    ("colour_columns", ImageShape(height: 2, width: 3, channels: 2), 48),
  ])
  func rowsKeepTheirShape(_ member: String, _ shape: ImageShape, _ count: Int) throws {
    let data = try read(member)
    #expect(data.rows == 4 && data.imageShape == shape)
    #expect(features(data) == (0..<count).map { Double($0) })
    let stream: any RowStream<Double> = try DataFile.stream(
      "\(Self.path):\(member)", DataOptions(), as: Double.self)
    var rows: [Double] = []
    while let block = try stream.next(3) { rows += block.features.elements }
    #expect(rows == features(data))
  }

  @Test func aSingleRowIsReorderedToo() throws {
    let stream: any RowStream<Float> = try DataFile.stream("\(Self.path):one", DataOptions(), as: Float.self)
    #expect(try stream.next(2)?.features.elements == [0, 1, 2, 3, 4, 5])
  }

  @Test func channelsMayComeFirst() throws {
    #expect(try read("planar").imageShape == ImageShape(height: 2, width: 6, channels: 3, isPlanar: true))
    #expect(
      failure { _ = try read("deep") }.problem
        == "the array has the shape 4 × 1 × 1 × 1 × 1, not [rows, features]")
  }

  @Test func truthsAreNumbers() throws {
    #expect(features(try read("flags")) == (0..<24).map { $0 % 2 == 0 ? 1 : 0 })
    #expect(labels(try read("grey", "true")) == ["1", "0", "1", "1"])
  }

  @Test(arguments: ["y", "big", "bytes"]) func labelsMayBeText(_ member: String) throws {
    let data = try read("grey", member)
    #expect(labels(data) == ["dog", "cät", "dog", "cat"])
    #expect(data.classNames == ["cat", "cät", "dog"])
    let model = ModelColumns(features: 6, classNames: ["x", "dog", "cat", "cät"])
    let known = try DataFile.read(
      "\(Self.path):grey", DataOptions(labelsPath: "\(Self.path):\(member)", model: model))
    #expect(known.targets == .labels([1, 3, 1, 2]))
  }

  @Test func textMaySpellNumbers() throws {
    #expect(try read("grey", "numbers", .numbers).targets == .values([10, 9, 10, 9.5]))
    #expect(try read("grey", "numbers").classNames == ["10", "9", "9.5"])
  }

  @Test(arguments: [
    ("empty", "the label is empty", "fill it in or remove the row"),
    ("missing", "the label 'nan' is NaN", "fill it in or remove the row"),
    ("latin", "the label is not UTF-8", "save the file as UTF-8"),
    (
      "objects", "the array holds Python objects ('|O')", "save it as numbers, or as text by y.astype(str)"
    ),
  ])
  func otherLabelsAreRefused(_ member: String, _ problem: String, _ remedy: String) {
    let error = failure { _ = try read("grey", member) }
    #expect(error.problem == problem && error.remedy.description == remedy)
    #expect(error.file == "\(Self.path):\(member)")
  }

  @Test func aLabelIsFoundByItsPlace() {
    let text = "ab".unicodeScalars.flatMap { littleEndian($0.value) } + littleEndian(0xd800 as UInt32)
    let error = failure {
      _ = try NPY.read(
        Input(bytes: npy("|u1", "(3, 1)", [1, 2, 3]), name: "x.npy"),
        labels: Input(bytes: npy("<U1", "(3,)", text), name: "y.npy"))
    }
    #expect(error.problem == "the label is not Unicode" && error.place == .byte(136))
  }
}
