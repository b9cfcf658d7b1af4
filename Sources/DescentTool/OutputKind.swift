import DescentFiles
import DescentPictures
import Foundation

/// What a file holds that a command writes: which endings its name may have, and which file that is there already it
/// may take the place of.
///
/// A command that is run again replaces what it wrote before without a word. Anything else that is in the way was
/// somebody's, and is replaced by `--force` alone.
struct OutputKind: Sendable {
  /// As in "is no model of descent"; nil where nothing tells the tool's own files from others.
  let noun: String?
  /// Empty where any will do.
  let endings: [String]
  /// Whether a name without an ending will not do.
  var needsEnding = false
  /// Whether the file at a path is one of these.
  let isOwn: @Sendable (String) -> Bool

  static let model = OutputKind(
    noun: "model of descent", endings: [".onnx", ".safetensors"]
  ) { ModelFile.isOwn($0) }

  static let metrics = OutputKind(noun: "file of metrics", endings: [".json"]) {
    Metrics.isOwn(beginning(of: $0, 1 << 20))
  }

  static let report = OutputKind(noun: "report of descent", endings: [".html"], needsEnding: true) {
    Report.isOwn(beginning(of: $0, 1 << 12))
  }

  /// One that is there is gone on from, or in the way, of which ``CheckpointArguments`` tells more.
  static let checkpoint = OutputKind(noun: nil, endings: []) { _ in true }

  static let picture = OutputKind(
    noun: "picture that descent drew", endings: [".png", ".svg"], needsEnding: true
  ) { Templates.isOwn(beginning(of: $0, 1 << 10)) }

  /// A table that is known by its first line, the columns' names; nil where it has none, or has one that other tables
  /// may have.
  static func table(header: String?, endings: [String] = [".csv"]) -> OutputKind {
    guard let header else { return OutputKind(noun: nil, endings: endings) { _ in false } }
    let line = Array(header.utf8)
    return OutputKind(noun: "table of these columns", endings: endings) {
      beginning(of: $0, line.count) == line
    }
  }

  /// Objects of these members, a line each.
  static func lines(of columns: [String]?) -> OutputKind {
    OutputKind(noun: "file of these answers", endings: [".jsonl", ".jsonl.gz", ".jsonl.zst"]) { path in
      let first = beginning(of: path, 1 << 16).prefix { $0 != UInt8(ascii: "\n") }
      let object = try? JSONSerialization.jsonObject(with: Data(first)) as? [String: Any]
      return object.map { Set($0.keys) == Set(columns ?? []) } ?? false
    }
  }

  /// Data, which nothing tells from anybody's.
  static func data(endings: [String] = []) -> OutputKind { table(header: nil, endings: endings) }

  static func beginning(of path: String, _ count: Int) -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: path) else { return [] }
    return Array((try? file.read(upToCount: count)) ?? Data())
  }
}
