/// Command lines as text.
enum CommandText {
  /// What says where results go, how fast, and how much is told: none of it decides what a model is.
  private static let idleOptions: Set = [
    "--output", "-o", "--metrics", "--threads", "--time-limit", "--checkpoint", "--checkpoint-every",
  ]
  private static let idleFlags: Set = ["--quiet", "--verbose", "--resume", "--force"]

  /// As a shell reads it.
  static func all(_ arguments: [String]) -> String {
    (["descent"] + arguments).map(quoted).joined(separator: " ")
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

  private static func quoted(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./,:=+@%".unicodeScalars.contains($0)
      }
    return isPlain ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
  }
}
