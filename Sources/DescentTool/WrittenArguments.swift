import ArgumentParser
import Foundation

/// How a command tells of a file that it wrote.
struct WrittenArguments: ParsableArguments {
  @Flag(help: "One JSON object on standard output: the file that was written, and what is known of it.")
  var json = false

  /// What is on standard output: the object, where that is asked for.
  var file: Output? { Output("--json", json ? "-" : nil, .data()) }

  /// - Parameters:
  ///   - note: what a person is to know besides.
  ///   - facts: what a program is told besides; what does not apply is null.
  func tell(
    _ path: String, note: String = "", _ facts: @autoclosure () -> [String: JSONValue]
  ) throws {
    if path != "-" { Console.say("wrote \(path)\(note)") }
    try answer(facts().merging(["output": .text(path)]) { $1 })
  }

  /// What programs are told, where that is asked for.
  func answer(_ facts: @autoclosure () -> [String: JSONValue]) throws {
    if json { try Console.output(JSONValue.object(facts()).json()) }
  }
}
