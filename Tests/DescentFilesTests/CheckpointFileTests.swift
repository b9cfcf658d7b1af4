import Descent
import Foundation
import LinearAlgebra
import Synchronization
import Testing

@testable import DescentFiles

@Suite("Checkpoints as files")
struct CheckpointFileTests {
  /// One of a training under way.
  private static let checkpoint: Checkpoint = {
    let data = Dataset(
      features: [[0, 1], [1, 0], [1, 1], [0, 0]] as Matrix<Float>, labels: ["a", "b", "b", "a"])
    let kept = Mutex<[Checkpoint]>([])
    _ = try! Trainer(solver: MiniBatch(Adam(), epochs: 2, batchSize: 2)).fit(
      data, as: Float.self, checkpoints: Checkpointing(every: .zero) { c in kept.withLock { $0.append(c) } })
    return kept.withLock { $0[2] }
  }()
  private static let bytes = CheckpointFile.bytes(of: checkpoint)

  private func read(_ bytes: [UInt8]) throws -> Checkpoint {
    try CheckpointFile.checkpoint(decoding: bytes, file: "c")
  }

  @Test func comesBack() throws {
    try withTemporaryFolder { folder in
      try CheckpointFile.write(Self.checkpoint, to: "\(folder)/c")
      let back = try CheckpointFile.read("\(folder)/c")
      #expect(back == Self.checkpoint)
      #expect(!back.isFinished && back.history.count == 1)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names == ["c"])
    }
  }

  @Test func truncatedAnywhereIsAnError() {
    for length in 0..<Self.bytes.count {
      let error = failure { _ = try read(Array(Self.bytes.prefix(length))) }
      #expect(error.kind == .badData)
    }
    #expect(failure { _ = try read(Self.bytes + [0]) }.kind == .badData)
  }

  @Test func aBitChangedAnywhereIsAnError() {
    for place in 0..<Self.bytes.count * 8 {
      var bytes = Self.bytes
      bytes[place / 8] ^= 1 << (place % 8)
      #expect(failure { _ = try read(bytes) }.kind == .badData, "bit \(place)")
    }
  }

  /// Behind the hash stands a reader that trusts nothing either.
  @Test func changesWithTheRightHashDoNotCrash() throws {
    let content = Self.checkpoint.encoded()
    var sound = 0
    for place in 0..<content.count {
      for value in [content[place] ^ 1, 0, 0x7f, 0xff] {
        var changed = content
        changed[place] = value
        if (try? Checkpoint(decoding: changed)) != nil { sound += 1 }
      }
    }
    // Numbers of the state may be any.
    #expect(sound > 0 && sound < 4 * content.count)
    for length in 0..<content.count {
      #expect(throws: CheckpointError.self) { try Checkpoint(decoding: Array(content.prefix(length))) }
    }
  }

  @Test func newerOrForeignFilesAreNamed() {
    var newer = Self.bytes
    newer[8] = 2
    #expect(
      failure { _ = try read(newer) }.description
        == "c: was made by a newer descent (format 2, this one reads 1); update descent")
    #expect(
      failure { _ = try read(Array("x,y\n1,2\n".utf8)) }.description
        == "c: is no checkpoint of descent; give the file that 'checkpoint' named")
  }
}
