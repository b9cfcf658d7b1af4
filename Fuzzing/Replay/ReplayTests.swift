import Descent
import Foundation
import Testing

/// What scripts/fuzz starts from and has found, once more and a little changed: without the sanitizers, which take
/// minutes to build, so that a crash shows and a wrong address may not.
@Suite("Readers of files stand inputs of the fuzzer")
struct ReplayTests {
  /// The folders that hold inputs of a reader.
  private static func corpus(_ reader: Reader) throws -> [(name: String, bytes: [UInt8])] {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folders = [
      package.appending(path: "Corpus/\(reader.name)"),
      package.deletingLastPathComponent().appending(path: "Tests/References/\(reader.name)"),
    ]
    return try folders.filter { FileManager.default.fileExists(atPath: $0.path()) }.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted().map {
        ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
      }
    }
  }

  @Test(arguments: Reader.all.map(\.name))
  func areRead(_ name: String) throws {
    let reader = try #require(Reader.all.first { $0.name == name })
    let corpus = try Self.corpus(reader)
    #expect(!corpus.isEmpty, "no input for the reader \(name): see Fuzzing/seeds.py")
    var generator = SeededGenerator(seed: 1)
    for (_, bytes) in corpus {
      reader.read(bytes)
      for _ in 0..<50 { reader.read(mutated(bytes, using: &generator)) }
    }
  }

  /// One to four changes: a byte other, gone, doubled, or the end cut off.
  private func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !result.isEmpty {
      let place = Int.random(in: 0..<result.count, using: &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0..<3: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 3: result[place] = [0, 0x7f, 0x80, 0xff].randomElement(using: &generator)!
      case 4: result.remove(at: place)
      case 5: result.insert(result[place], at: place)
      case 6: result[place] = UInt8.random(in: 0x20..<0x7f, using: &generator)
      default: result.removeLast(result.count - place)
      }
    }
    return result
  }
}
