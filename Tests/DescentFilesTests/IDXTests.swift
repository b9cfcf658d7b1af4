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

  private static let fashion = "/usr/share/datasets/fashion-mnist"

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: fashion), "dataset-fashion-mnist is not installed"))
  func readsFashionMNIST() throws {
    let data = try DataFile.read(
      "\(Self.fashion)/t10k-images-idx3-ubyte.gz",
      DataOptions(labelsPath: "\(Self.fashion)/t10k-labels-idx1-ubyte.gz"))
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
        error.description == "\(path): IDX keeps the labels in a file of its own; name it with 'labels'")
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
