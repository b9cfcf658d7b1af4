import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite struct NPYTests {
  private static let labels = npy("<i8", "(2,)", [Int64(7), -3].flatMap { littleEndian($0) })

  private func read(_ bytes: [UInt8], _ options: DataOptions = DataOptions()) throws -> Dataset {
    try NPY.read(
      Input(bytes: bytes, name: "x.npy"), labels: Input(bytes: Self.labels, name: "y.npy"), options)
  }

  static let types: [(String, [UInt8], [Double])] = [
    ("|b1", [1, 0, 0, 1], [1, 0, 0, 1]),
    ("|u1", [1, 2, 3, 255], [1, 2, 3, 255]),
    ("|i1", [Int8(-1), 2, 3, -128].flatMap { littleEndian($0) }, [-1, 2, 3, -128]),
    ("<u2", [UInt16(1), 2, 3, 65535].flatMap { littleEndian($0) }, [1, 2, 3, 65535]),
    (">i2", [Int16(-300), 2, 3, 4].flatMap { bigEndian($0) }, [-300, 2, 3, 4]),
    ("<i4", [Int32(-70000), 2, 3, 4].flatMap { littleEndian($0) }, [-70000, 2, 3, 4]),
    (">u4", [UInt32(70000), 2, 3, 4].flatMap { bigEndian($0) }, [70000, 2, 3, 4]),
    ("<i8", [Int64(-7), 2, 3, 4].flatMap { littleEndian($0) }, [-7, 2, 3, 4]),
    (">u8", [UInt64(7), 2, 3, 4].flatMap { bigEndian($0) }, [7, 2, 3, 4]),
    (
      "<f2", [Float16(0.5), -2, 65504, 6e-8].flatMap { littleEndian($0.bitPattern) },
      [0.5, -2, 65504, 0x1p-24]
    ),
    (">f2", [Float16(0.5), -2, 3, 4].flatMap { bigEndian($0.bitPattern) }, [0.5, -2, 3, 4]),
    ("<f4", [Float(0.5), -2, 3, 4].flatMap { littleEndian($0.bitPattern) }, [0.5, -2, 3, 4]),
    (">f4", [Float(0.5), -2, 3, 4].flatMap { bigEndian($0.bitPattern) }, [0.5, -2, 3, 4]),
    ("<f8", [0.5, -2, 3, 4].flatMap { littleEndian($0.bitPattern) }, [0.5, -2, 3, 4]),
    (">f8", [0.5, -2, 3, 4].flatMap { bigEndian($0.bitPattern) }, [0.5, -2, 3, 4]),
  ]

  @Test(arguments: types) func readsEveryTypeInEveryWay(
    _ descr: String, _ payload: [UInt8], _ expected: [Double]
  ) throws {
    let rows = npy(descr, "(2, 2)", payload)
    let columns = npy(descr, "(2, 2)", payload, isFortran: true, version: (2, 0))
    let transposed = [0, 2, 1, 3].map { expected[$0] }
    #expect(features(try read(rows)) == expected)
    #expect(features(try read(gzipped(rows))) == expected)
    #expect(features(try read(columns)) == transposed)
    try withTemporaryFolder { folder in
      try write(Self.labels, to: "\(folder)/y.npy")
      for (bytes, expected) in [(rows, expected), (columns, transposed)] {
        let path = "\(folder)/x.npy"
        try write(bytes, to: path)
        let data = try DataFile.read(path, DataOptions(labelsPath: "\(folder)/y.npy"), as: Double.self)
        #expect(features(data) == expected)
        #expect(DescentFilesTests.labels(data) == ["7", "-3"])
        let stream = try DataFile.stream(path, DataOptions(target: .ignored), as: Double.self)
        #expect(try stream.next(1)?.features == Matrix(rows: 1, columns: 2, elements: Array(expected[..<2])))
        #expect(try stream.next(2)?.features == Matrix(rows: 1, columns: 2, elements: Array(expected[2...])))
        #expect(try stream.next(1) == nil)
      }
    }
  }

  @Test func mapsWhatLiesAsTheMachineReadsIt() throws {
    try withTemporaryFolder { folder in
      try write(Self.labels, to: "\(folder)/y.npy")
      func storage(_ descr: String, _ size: Int, isFortran: Bool = false) throws -> any FeatureStorage {
        try write(
          npy(descr, "(2, 2)", Array(repeating: 0, count: 4 * size), isFortran: isFortran),
          to: "\(folder)/x.npy")
        return try DataFile.read("\(folder)/x.npy", DataOptions(labelsPath: "\(folder)/y.npy")).features
      }
      #expect(try storage("|u1", 1) is MappedStorage<UInt8>)
      #expect(try storage("<f2", 2) is MappedStorage<Float16>)
      #expect(try storage("<f4", 4) is MappedStorage<Float>)
      #expect(try storage("<f8", 8) is MappedStorage<Double>)
      #expect(try storage("|u1", 1, isFortran: true) is DenseStorage<UInt8>)
      #expect(try storage("<f4", 4, isFortran: true) is DenseStorage<Float>)
      #expect(try storage(">f4", 4) is DenseStorage<Float>)
      #expect(try storage("<i4", 4) is DenseStorage<Float>)
    }
  }

  @Test func numbersLabelsAsTheModelDoes() throws {
    let rows = npy("|u1", "(2, 1)", [1, 2])
    let model = ModelColumns(features: 1, classNames: ["7", "5", "-3"])
    #expect(try read(rows, DataOptions(model: model)).targets == .labels([0, 2]))
    #expect(try read(rows, DataOptions(target: .numbers)).targets == .values([7, -3]))
    #expect(try read(rows).classNames == ["-3", "7"])
  }

  /// The file's own end is behind a page's: what is lost reads as zeros, and is known to be lost.
  @Test func aFileThatShrinksReadsAsZerosAndSaysSo() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npy"
      try write(npy("<f8", "(4096, 2)", (0..<8192).flatMap { _ in littleEndian(1.0.bitPattern) }), to: path)
      let input = try Input(path)
      let features = try NPY.storage(input, NPYHeader(input), as: Double.self)
      var rows = [Double](repeating: 9, count: 8192)
      func readAll() {
        var span = rows.mutableSpan
        features.read(0..<4096, into: &span)
      }
      readAll()
      #expect(rows.allSatisfy { $0 == 1 } && features.failure == nil)
      #expect(truncate(path, 8192) == 0)
      readAll()
      #expect(rows.first == 1 && rows.last == 0)
      #expect(features.failure?.description.contains("x.npy: could not be read to its end any more") == true)
    }
  }
}
