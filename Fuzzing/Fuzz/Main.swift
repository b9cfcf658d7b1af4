import FuzzMemory
import Glibc

/// `fuzz READER [OPTION OF LIBFUZZER...] [CORPUS...]`; `fuzz --list` names the readers.
@main
enum Fuzz {
  /// What the callback, which takes no context, is to run.
  nonisolated(unsafe) private static var reader = Reader.all[0]

  static func main() {
    let name = CommandLine.arguments.dropFirst().first
    if name == "--list" { return print(Reader.all.map(\.name).joined(separator: "\n")) }
    guard let chosen = Reader.all.first(where: { $0.name == name }) else {
      print("fuzz: give one of the readers: \(Reader.all.map(\.name).joined(separator: ", "))")
      exit(64)
    }
    reader = chosen
    // The first run of everything takes what stays: buffers of the run-time, tables of the libraries.
    fuzz_memory_start()
    var count = CommandLine.argc - 1
    // libFuzzer takes its program's name from the first one, to start itself anew where several jobs are asked for.
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { start, count in
        Fuzz.run(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      })
  }

  /// Reads one input, and traps where that takes more memory than it may.
  private static func run(_ bytes: [UInt8]) {
    let before = fuzz_memory_mark()
    reader.read(bytes)
    let taken = fuzz_memory_peak() - before
    let allowed = 16 * bytes.count + (64 << 20)
    guard taken > allowed else { return }
    print("fuzz: \(bytes.count) bytes took \(taken) bytes of memory, more than \(allowed)")
    abort()
  }
}
