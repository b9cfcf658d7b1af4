import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

/// Where training puts what it made.
struct OutputArguments: ParsableArguments {
  @Option(
    name: [.short, .long],
    help:
      "The model's file: ONNX, or safetensors by its name. Default: DATA's name with .onnx, in this folder.")
  var output: String?

  @Option(help: "A file for one JSON object of measurements; - is standard output.")
  var metrics: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @Flag(help: "A line for each milestone of the training.")
  var verbose = false

  func validate() throws {
    try Usage.require(!(quiet && verbose), "--quiet and --verbose exclude each other")
    try Usage.require(
      output == nil || output != metrics, "--output and --metrics name the same file")
  }

  func modelPath(for data: String) -> String {
    if let output { return output }
    guard data != "-" else { return "model.onnx" }
    var name = String(MemberPath(data).file.split(separator: "/").last ?? "model")
    let formats = DataOptions.Format.allCases.flatMap(\.endings).map { ".\($0)" }
    for ending in [".gz", ".zst"] + formats + [".txt", ".dat", ".data", ".db", ".sqlite"]
    where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name + ".onnx"
  }

  /// Before an hour of training: nothing that is read may be written over, and the folder must be there.
  func check(against inputs: [String?]) throws(Failure) {
    let model = modelPath(for: inputs[0] ?? "-")
    for path in [model, metrics].compactMap({ $0 }) {
      if path == "-" { try StandardStreams.checkOutput() } else { try Self.check(path, against: inputs) }
    }
  }

  static func check(_ path: String, against inputs: [String?]) throws(Failure) {
    if inputs.contains(where: { $0.map { Self.resolved(MemberPath($0).file) } == Self.resolved(path) }) {
      throw Failure(.cannotCreate, "\(path): is the data itself; name another file for the output")
    }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if exists && isFolder.boolValue || path.hasSuffix("/") {
      throw Failure(.cannotCreate, "\(path): is a folder; name a file in it for the output")
    }
    let folder = Self.folder(of: path)
    if !FileManager.default.fileExists(atPath: folder) {
      throw Failure(.cannotCreate, "\(path): there is no folder '\(folder)'; make it first")
    }
    if !exists && access(folder, W_OK) != 0 {
      let reason = String(cString: strerror(errno))
      throw Failure(.cannotCreate, "\(path): the folder may not be written to: \(reason); choose another")
    }
  }

  /// NSString's deletingLastPathComponent crashes on names of one letter (Swift 6.3 on Linux).
  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  func write<Element: KernelScalar>(_ model: TrainedModel<Element>, named data: String) throws {
    let path = modelPath(for: data)
    try AtomicFile.write(path, ModelFile.bytes(of: model, as: ModelFile.Format(path: path)))
  }

  func write(_ metrics: Metrics) throws {
    if let path = self.metrics { try AtomicFile.write(path, Array(metrics.json().utf8)) }
  }
}
