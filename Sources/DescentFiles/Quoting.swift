/// Text of a file as an error message shows it: in quotes, on one line, cut where it is long.
func quoted(_ text: String) -> String { "'\(escaped(text, limit: 40))'" }

func quoted(_ bytes: some Sequence<UInt8>) -> String {
  quoted(String(decoding: Array(bytes.prefix(200)), as: UTF8.self))
}

/// `text` without line breaks and other control characters, at most `limit` characters of it.
func escaped(_ text: String, limit: Int) -> String {
  var result = ""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == limit { return result + "…" }
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.properties.generalCategory == .control: result += scalar.escaped(asASCII: true)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The first few of `names`, and how many more there are.
func listed(_ names: some Collection<String>, _ limit: Int = 5) -> String {
  let shown = names.prefix(limit).map { quoted($0) }.joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}

/// `1 row`, `2 rows`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
