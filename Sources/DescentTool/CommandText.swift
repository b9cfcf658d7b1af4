import DescentFiles

/// Command lines as text.
enum CommandText {
  /// What says where results go, how fast, and how much is told: none of it decides what a model is.
  private static let idleOptions: Set = [
    "--output", "-o", "--metrics", "--threads", "--time-limit", "--checkpoint", "--checkpoint-every",
  ]
  private static let idleFlags: Set = ["--json", "--quiet", "--verbose", "--resume", "--force"]

  /// As a shell reads it.
  static func all(_ arguments: [String]) -> String {
    (["descent"] + arguments).map(\.shellWord).joined(separator: " ")
  }

  /// The same for every training of the same model from the same file.
  static func deciding(_ arguments: [String]) -> String {
    var kept: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let name = String(argument.prefix { $0 != "=" })
      if idleFlags.contains(argument) || idleOptions.contains(name) && name != argument { continue }
      if idleOptions.contains(argument) {
        _ = rest.popFirst()
      } else {
        kept.append(argument)
      }
    }
    return all(kept)
  }

  /// What a command writes given to this one, in the place of a file that it was to read; the command alone where the file
  /// is one of labels, which standard input cannot be.
  static func piping(_ command: String, to file: String) -> String {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let places = arguments.indices.filter { arguments[$0] == file }
    guard places.count == 1, let place = places.first, place > 0, !arguments.contains("-"),
      !["--labels", "--test-labels"].contains(arguments[place - 1])
    else { return command }
    arguments[place] = "-"
    return command + " | " + all(arguments)
  }
}
