import Foundation

/// A Python process that does the same tasks by NumPy when it is told to, and says how long they took.
final class NumPy {
  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())

  /// Starts `python` with the script, on so many BLAS threads.
  init(python: String, script: String, threads: Int) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, script, String(threads)]
    var environment = ProcessInfo.processInfo.environment
    environment["OPENBLAS_NUM_THREADS"] = String(threads)
    // Meant for Debian's OpenBLAS: NumPy brings another one, which chooses well.
    environment["OPENBLAS_CORETYPE"] = nil
    environment["OPENBLAS_L2_SIZE"] = nil
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// The seconds that NumPy takes for a run of the task, of so many in a row.
  func seconds(_ task: AlgebraTask, repeats: Int) -> Double {
    input.fileHandleForWriting.write(Data("\(task.name) \(task.n) \(repeats)\n".utf8))
    var line = Data()
    while let byte = try? output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty,
      byte != Data("\n".utf8)
    {
      line += byte
    }
    guard let seconds = Double(String(decoding: line, as: UTF8.self)) else { fatalError("NumPy has gone") }
    return seconds
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
