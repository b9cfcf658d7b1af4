import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

/// A file of IDX: its magic, its dimensions, and the numbers' bytes.
func idx(_ type: UInt8, _ dimensions: [Int], _ payload: [UInt8]) -> [UInt8] {
  [0, 0, type, UInt8(dimensions.count)] + dimensions.flatMap { bigEndian(UInt32($0)) } + payload
}

func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

func readIDX(_ images: [UInt8], _ labels: [UInt8], _ options: DataOptions = DataOptions()) throws -> Dataset {
  try IDX.read(Input(bytes: images, name: "images"), labels: Input(bytes: labels, name: "labels"), options)
}

@Suite struct IDXTests {
  private let images = idx(8, [3, 2, 2], Array(0..<12))
  private let labels = idx(8, [3], [7, 2, 7])

  @Test func readsImagesAsBytes() throws {
    for pack in [{ $0 }, gzipped] as [([UInt8]) -> [UInt8]] {
      let data = try readIDX(pack(images), pack(labels))
      #expect(data.features is DenseStorage<UInt8>)
      #expect(features(data) == (0..<12).map { Double($0) })
      #expect(data.imageShape == ImageShape(height: 2, width: 2))
      #expect(data.classNames == ["2", "7"])
      #expect(data.targets == .labels([1, 0, 1]))
    }
  }

  @Test(
    arguments: [
      (UInt8(9), [Int8(-1), 2].flatMap { bigEndian($0) }, [-1.0, 2]),
      (11, [Int16(-300), 2].flatMap { bigEndian($0) }, [-300, 2]),
      (12, [Int32(-70000), 2].flatMap { bigEndian($0) }, [-70000, 2]),
      (13, [Float(-0.5), 2].flatMap { bigEndian($0.bitPattern) }, [-0.5, 2]),
      (14, [-0.25, 2].flatMap { bigEndian($0.bitPattern) }, [-0.25, 2]),
    ] as [(UInt8, [UInt8], [Double])])
  func readsOtherTypesAsTheElement(_ type: UInt8, _ payload: [UInt8], _ expected: [Double]) throws {
    let data = try readIDX(idx(type, [1, 2], payload), idx(8, [1], [0]))
    #expect(data.features is DenseStorage<Float>)
    #expect(features(data) == expected)
    #expect(data.imageShape == nil)
  }

  @Test func numbersLabelsAsTheModelDoes() throws {
    let model = ModelColumns(features: 4, classNames: ["7", "5", "2"])
    let data = try readIDX(images, labels, DataOptions(model: model))
    #expect(data.targets == .labels([0, 2, 0]))
    #expect(data.classNames == ["7", "5", "2"])
    let numbers = try readIDX(images, labels, DataOptions(target: .numbers))
    #expect(numbers.targets == .values([7, 2, 7]))
  }

  @Test func streamsRows() throws {
    let options = DataOptions(target: .ignored, model: ModelColumns(features: 4))
    let stream = try IDXRowStream(Input(bytes: images, name: "images"), options, as: Double.self)
    let first = try #require(try stream.next(2))
    #expect(first.features == [[0, 1, 2, 3], [4, 5, 6, 7]])
    let second = try #require(try stream.next(2))
    #expect(second.firstRow == 2)
    #expect(second.features == [[8, 9, 10, 11]])
    #expect(try stream.next(2) == nil)
  }

  @Test func readsFashionMNISTWhereItIsInstalled() throws {
    let folder = "/usr/share/datasets/fashion-mnist"
    let images = "\(folder)/t10k-images-idx3-ubyte.gz"
    guard FileManager.default.fileExists(atPath: images) else { return }
    let data = try DataFile.read(images, DataOptions(labelsPath: "\(folder)/t10k-labels-idx1-ubyte.gz"))
    #expect((data.rows, data.columns, data.classes) == (10000, 784, 10))
    #expect(data.imageShape == ImageShape(height: 28, width: 28))
    // Its ten classes have a thousand images each.
    #expect(
      Dictionary(grouping: DescentFilesTests.labels(data), by: { $0 }).mapValues(\.count).values.allSatisfy {
        $0 == 1000
      })
  }
}

@Suite struct IDXBadInputTests {
  private static let images = idx(8, [3, 2, 2], Array(0..<12))
  private static let labels = idx(8, [3], [7, 2, 7])

  @Test(
    arguments: [
      ([], labels, "images: at byte 0: only 0 bytes where IDX has a header; copy the file again"),
      (
        [3, 8, 0, 0] + images.dropFirst(4), labels,
        "images: at byte 0: the IDX header is byte-swapped; write its numbers big-endian"
      ),
      (
        Array("1,2,a\n".utf8), labels,
        "images: at byte 0: is not an IDX file: it does not start with two zeros; check the format"
      ),
      (
        idx(10, [1, 1], [0]), labels,
        "images: at byte 2: IDX has no number type 10; use 8, 9, 11, 12, 13 or 14"
      ),
      (
        [0, 0, 8, 3, 0, 0], labels,
        "images: at byte 3: the IDX header declares 3 dimensions and does not hold them; copy the file again"
      ),
      (
        [0, 0, 8, 0], labels,
        "images: at byte 3: the IDX header declares 0 dimensions and does not hold them; copy the file again"
      ),
      (
        idx(8, [0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1]), labels,
        "images: at byte 4: the header declares 4294967295 × 4294967295 × 4294967295 numbers, more than the file can hold; copy the file again"
      ),
      (
        idx(8, [60000, 28, 28], [1]), labels,
        "images: at byte 4: the header declares 60000 × 28 × 28 numbers, more than the file can hold; copy the file again"
      ),
      (
        idx(8, [0, 28, 28], []), labels,
        "images: at byte 4: the header declares 0 × 28 × 28 numbers: there is no data; check that it is the right file"
      ),
      (
        images.dropLast(), labels,
        "images: at byte 27: the file ends after 11 of the 12 bytes that its header declares; copy the file again"
      ),
      (
        gzipped(images.dropLast()), labels,
        "images: at byte 27: the file ends after 11 of the 12 bytes that its header declares; copy the file again"
      ),
      (
        images + [0], labels,
        "images: at byte 28: more bytes follow than the header declares; copy the file again"
      ),
      (
        images, labels + [0],
        "labels: at byte 11: more bytes follow than the header declares; copy the file again"
      ),
      (
        images, labels.dropLast(),
        "labels: at byte 10: the file ends after 2 of the 3 bytes that its header declares; copy the file again"
      ),
      (
        images, idx(8, [2], [7, 2]),
        "labels: 2 labels for the 3 rows of images; give the two files that belong together"
      ),
      (
        labels, labels,
        "images: at byte 4: holds one number a row, as labels do, and not images; give the images first and the labels by --labels"
      ),
      (images, images, "labels: at byte 3: holds 2 × 2 numbers a row, not labels; give the file of labels"),
      (
        idx(13, [1, 2], [0, 0, 0, 0, 0x7f, 0xc0, 0, 0]), idx(8, [1], [0]),
        "images: at byte 16: number 1 of row 0 is nan; fill in finite numbers that the precision can hold"
      ),
      (
        idx(14, [1, 1], [0x7f, 0xef, 0, 0, 0, 0, 0, 0]), idx(8, [1], [0]),
        "images: at byte 12: number 0 of row 0 is inf; fill in finite numbers that the precision can hold"
      ),
      (
        images, idx(13, [3], [Float(1), 0.5, 2].flatMap { bigEndian($0.bitPattern) }),
        "labels: at byte 12: the label 0.5 is not a whole number; fit numbers, or write class numbers"
      ),
    ] as [([UInt8], [UInt8], String)])
  func isRefusedInOneLine(_ images: [UInt8], _ labels: [UInt8], _ message: String) {
    let error = failure { _ = try readIDX(images, labels) }
    #expect(error.kind == .badData)
    #expect(error.description == message)
  }

  @Test(arguments: [
    (
      ModelColumns(features: 4, classNames: ["2", "3"]),
      "labels: at byte 8: the model knows no class '7'; it knows '2', '3'"
    ),
    (
      ModelColumns(features: 5),
      "images: at byte 4: 4 numbers a row do not fit the model, which takes 5 features; give images of the shape it was trained on"
    ),
  ])
  func isRefusedWhereTheModelDoesNotFit(_ model: ModelColumns, _ message: String) {
    #expect(
      failure { _ = try readIDX(Self.images, Self.labels, DataOptions(model: model)) }.description == message)
  }

  @Test func labelsMustBeNamed() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/images-idx3-ubyte"
      try write(Self.images, to: path)
      let error = failure { _ = try DataFile.read(path) }
      #expect(
        error.description == "\(path): IDX keeps the labels in a file of its own; name it with --labels")
    }
  }

  @Test func aStreamMayBeCutOff() throws {
    let options = DataOptions(target: .ignored, model: ModelColumns(features: 4))
    for bytes in [Array(Self.images.dropLast(6)), Self.images + [9]] {
      let error = failure {
        let stream = try IDXRowStream(Input(bytes: gzipped(bytes), name: "images"), options, as: Float.self)
        while try stream.next(2) != nil {}
      }
      #expect(error.kind == .badData)
    }
  }
}
