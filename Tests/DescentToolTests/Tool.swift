import Foundation
import Synchronization

/// The real binary: the one that `DESCENT_BINARY` names, else the debug product beside the test bundle.
enum Tool {
  static let isRelease = ProcessInfo.processInfo.environment["DESCENT_BINARY"] != nil

  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["DESCENT_BINARY"] { return path }
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("descent").path
  }()

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let digits = root + "/Data/digits/digits.csv"

  /// How a run ended and what it said.
  struct Outcome {
    /// The exit code, or 128 and the signal.
    var code: Int32
    var bytes: [UInt8]
    /// The lines of standard error.
    var errors: [String]

    var output: String { String(decoding: bytes, as: UTF8.self) }
    var lines: [String] {
      output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// What `evaluate` says of the model by this name: '96.66 %' of 'accuracy'.
    func measured(_ name: String) -> String? {
      let cells = lines.first { $0.hasPrefix(name + "  ") }?.dropFirst(name.count).drop { $0 == " " }
      return cells.map {
        String($0.prefix { $0.isNumber || "+-.e".contains($0) }) + ($0.contains("%") ? " %" : "")
      }
    }
  }

  /// Runs the tool in `folder` until it ends. Standard input is the text `input`; `wrapper` is a command that runs it.
  static func run(
    _ arguments: [String], in folder: Folder, input: String = "", environment: [String: String] = [:],
    output: String? = nil, under wrapper: [String] = []
  ) -> Outcome {
    let hidden = Folder()
    let files = ["in", "out", "err"].map { hidden.path + "/" + $0 }
    hidden.write("in", input)
    let run = Run(
      arguments, in: folder, environment: environment, under: wrapper,
      input: open(files[0], O_RDONLY | O_CLOEXEC),
      output: open(output ?? files[1], O_WRONLY | O_CREAT | O_CLOEXEC, 0o644),
      errors: open(files[2], O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
    let code = run.wait()
    return Outcome(
      code: code, bytes: output == nil ? hidden.read("out") : [],
      errors: String(decoding: hidden.read("err"), as: UTF8.self).split(separator: "\n").map(String.init))
  }

  /// Held while a process starts: what is open then and not marked otherwise, it inherits.
  private static let starting = Mutex(())

  /// A pipe that no run inherits unless told to.
  static func makePipe() -> (reading: Int32, writing: Int32) {
    starting.withLock { _ in
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }

  /// A run that is under way. Takes over the descriptors.
  struct Run {
    let process: pid_t

    init(
      _ arguments: [String], in folder: Folder, environment: [String: String] = [:],
      under wrapper: [String] = [], input: Int32, output: Int32, errors: Int32
    ) {
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      for (to, from) in [input, output, errors].enumerated() {
        precondition(from > 2, "descriptor \(from)")
        posix_spawn_file_actions_adddup2(&actions, from, Int32(to))
      }
      // env replaces itself by the tool, in the folder: glibc's addchdir_np does not import.
      let env = "/usr/bin/env"
      var words: [UnsafeMutablePointer<CChar>?] =
        ([env, "-C", folder.path] + wrapper + [path] + arguments).map { strdup($0) } + [nil]
      var variables = ProcessInfo.processInfo.environment
      variables["SWIFT_BACKTRACE"] = "enable=no"
      variables.merge(environment) { $1 }
      var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
      var process: pid_t = 0
      let code = starting.withLock { _ in posix_spawn(&process, env, &actions, nil, &words, &settings) }
      precondition(code == 0, "\(path): \(String(cString: strerror(code)))")
      for word in words + settings { free(word) }
      for descriptor in [input, output, errors] { close(descriptor) }
      self.process = process
    }

    /// The exit code, or 128 and the signal.
    func wait() -> Int32 { waitMeasuring().code }

    /// The same, and the most memory that it had, in bytes.
    func waitMeasuring() -> (code: Int32, memory: Int) {
      var (status, usage): (Int32, rusage) = (0, rusage())
      while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
      return (code(status), usage.ru_maxrss * 1024)
    }

    private func code(_ status: Int32) -> Int32 {
      status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }
  }
}

/// A folder for one test, which goes with it.
final class Folder: Sendable {
  let path: String

  init() {
    var template = Array((NSTemporaryDirectory() + "/descent-test-XXXXXX").utf8CString)
    mkdtemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What is in it, hidden files too.
  var names: [String] { (try! FileManager.default.contentsOfDirectory(atPath: path)).sorted() }

  func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) {
    precondition(FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(bytes)))
  }

  func read(_ name: String) -> [UInt8] {
    Array(try! Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) -> String { String(decoding: read(name), as: UTF8.self) }

  func makeFolder(_ name: String) {
    try! FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: false)
  }
}
