import Foundation
import Testing

extension Tool.Outcome {
  /// The arguments of the command that a refusal prints, as a shell reads them.
  func advice() throws -> [String] {
    #expect(errors.dropLast().last == "this reads it:")
    let words = try Tool.words(String(errors.last?.dropFirst(2) ?? ""))
    #expect(words.first == "descent")
    return Array(words.dropFirst())
  }
}

extension Tool {
  /// The words of a command line, as a shell reads them.
  static func words(_ line: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "for word in \(line); do printf '%s\\n' \"$word\"; done"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
