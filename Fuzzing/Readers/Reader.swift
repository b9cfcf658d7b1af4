import Descent
import DescentFiles

/// A reader of files, as the fuzzer drives it.
struct Reader: Sendable {
  let name: String
  /// Reads these bytes and uses what comes of them. Errors of files are what it is to throw; whatever else stops it is
  /// a finding.
  let read: @Sendable ([UInt8]) -> Void

  /// One for each format of data, whichever there are, and those of labels, models, checkpoints and databases.
  static let all: [Reader] =
    DataOptions.Format.allCases.map { format in
      Reader(name: format.rawValue) { readData($0, format) }
    } + [
      Reader(name: "labels", read: readLabels),
      Reader(name: "compressed", read: readCompressed),
      Reader(name: "sqlite", read: readDatabase),
      Reader(name: "onnx", read: readModel),
      Reader(name: "safetensors", read: readModel),
      Reader(name: "checkpoint", read: readCheckpoint),
    ]
}

/// Runs `body`, which may throw what a bad file brings about: a message of at most three lines, and one more for each of up
/// to ten columns and their number that a survey of a table tells of.
func expectFileError(_ body: () throws(FileError) -> Void) {
  do {
    try body()
  } catch {
    let text = error.description
    let most = error.survey == nil ? 3 : 14
    precondition(
      !text.isEmpty && text.utf8.lazy.filter { $0 == 0x0a }.count < most, "a message of many lines")
  }
}

/// Behind the hash, which the fuzzer hardly ever meets, stands a decoder that trusts nothing either.
private func readCheckpoint(_ bytes: [UInt8]) {
  let header = 28
  if bytes.starts(with: "DSCKPT\r\n".utf8) {
    expectFileError { () throws(FileError) in
      _ = try CheckpointFile.checkpoint(decoding: bytes, file: "checkpoint")
    }
  }
  guard let checkpoint = try? Checkpoint(decoding: Array(bytes.dropFirst(header))) else { return }
  let again = try? CheckpointFile.checkpoint(decoding: CheckpointFile.bytes(of: checkpoint), file: "again")
  precondition(again.map(CheckpointFile.bytes) == CheckpointFile.bytes(of: checkpoint), "does not come back")
}
