import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

/// An archive that NumPy wrote: see Tests/References/npz.py.
private func archive(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("References/numpy/\(name).npz").path
}

@Suite("NumPy's archives, stored and deflated")
struct NPZTests {
  private static let numbers = (0..<12).map { Double($0) }

  @Test(
    "Arrays of each type, order and compression",
    arguments: [("", 1.0), (":x", 1), (":halves", 4), (":floats.npy", 8), (":columns", 16), (":whole", 1)],
    ["stored", "deflated"])
  func areRead(_ array: (member: String, divisor: Double), _ file: String) throws {
    let data = try DataFile.read(archive(file) + array.member, DataOptions(labelsPath: archive(file) + ":y"))
    #expect(features(data) == Self.numbers.map { $0 / array.divisor })
    #expect(labels(data) == ["2", "7", "7", "2"])
    #expect(data.features.holdsBytes == (array.divisor == 1 && array.member != ":whole"))
  }

  @Test(arguments: ["stored", "unnamed"]) func labelsAreFoundByTheirName(_ file: String) throws {
    let data = try DataFile.read(archive(file), as: Double.self)
    #expect(features(data) == Self.numbers)
    #expect(labels(data) == ["2", "7", "7", "2"])
  }

  @Test func partsGoWithTheirLabels() throws {
    let training = try DataFile.read(archive("split"))
    #expect(features(training) == Array(Self.numbers.prefix(9)))
    #expect(labels(training) == ["2", "7", "7"])
    let test = try DataFile.read(archive("split") + ":x_test")
    #expect(features(test) == [9, 10, 11])
    #expect(labels(test) == ["2"])
  }

  @Test func labelsOfAnotherFileAndAnArrayThatStandsAlone() throws {
    let data = try DataFile.read(archive("alone"), DataOptions(labelsPath: archive("unnamed") + ":arr_1"))
    #expect(features(data) == Self.numbers)
    let error = failure { _ = try DataFile.read(archive("alone")) }
    #expect(
      error.description.hasSuffix(
        "no array has a usual name of labels, such as 'y'; there are 'anything'; name them by 'labels' \(archive("alone")):NAME"
      ))
  }

  @Test func bytesOfAPipeAreTakenIntoMemory() throws {
    let bytes = try contents(of: archive("deflated"))
    let data = try NPZ.read(Input(bytes: bytes, name: "pipe"), member: "halves")
    #expect(features(data) == Self.numbers.map { $0 / 4 })
    let error = failure {
      _ = try NPZ.read(Input(bytes: bytes, name: "pipe"), DataOptions(maximumInflatedBytes: 100))
    }
    #expect(error.description == "pipe: is longer than 100 bytes; write it to a file first")
  }

  @Test(arguments: [":x", ":columns"]) func streams(_ member: String) throws {
    for file in ["stored", "deflated"] {
      let stream = try DataFile.stream(archive(file) + member, DataOptions(target: .ignored), as: Float.self)
      var numbers: [Float] = []
      while let block = try stream.next(3) { numbers += block.features.elements }
      #expect(numbers == Self.numbers.map { Float(member == ":x" ? $0 : $0 / 16) })
    }
  }

  @Test func aBombIsRefusedByWhatItMayInflateTo() throws {
    #expect(try DataFile.read(archive("bomb"), DataOptions(maximumInflatedBytes: 300_000)).columns == 50_000)
    let error = failure {
      _ = try DataFile.read(archive("bomb"), DataOptions(maximumInflatedBytes: 100_000))
    }
    #expect(
      error.description.hasSuffix(
        "bomb.npz:x: inflates to more than 100000 bytes; take it out of the archive if that is meant"))
    #expect(error.kind == .badData)
  }

  @Test func aFileThatHasTheWholeNameIsNoMember() throws {
    try withTemporaryFolder { folder in
      try write(contents(of: archive("alone")), to: "\(folder)/a.npz:x")
      #expect(MemberPath("\(folder)/a.npz:x").member == nil)
      #expect(MemberPath("\(folder)/a.npz:y") == MemberPath("\(folder)/a.npz:y"))
      #expect(MemberPath("\(folder)/a.npz:y").file == "\(folder)/a.npz")
      #expect(MemberPath("a.csv:y").member == nil)
      #expect(MemberPath("a.NPZ.gz:b.npz:c").member == "b.npz:c")
    }
  }

  @Test func aMemberOfWhatIsNoArchiveIsRefused() throws {
    try withTemporaryFolder { folder in
      try write(npy("|u1", "(2, 2)", [0, 1, 2, 3]), to: "\(folder)/a.npz")
      let error = failure { _ = try DataFile.read("\(folder)/a.npz:x", DataOptions(format: .npy)) }
      #expect(
        error.description == "\(folder)/a.npz: is no NPZ archive, and has no member 'x'; name the file alone")
      #expect(failure { _ = try DataFile.read("\(folder)/b.npz:x") }.kind == .noInput)
    }
  }
}
