internal import Foundation

extension Drawing {
  /// By which a drawing that was made here is known again.
  static let maker = "<!-- drawn by descent -->"

  /// The drawing as an SVG file, whose rectangles tell their titles to a resting pointer.
  func svg() -> String {
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)""#
        + #" viewBox="0 0 \#(width) \#(height)" shape-rendering="crispEdges""#
        + #" font-family="ui-monospace, Menlo, Consolas, monospace" fill="\#(Colour.ink.hex)">"#,
      Self.maker,
      #"<rect width="\#(width)" height="\#(height)" fill="\#(Colour.paper.hex)"/>"#,
    ]
    for mark in marks {
      switch mark {
      case .fill(let frame, let colour, let title):
        let rectangle =
          #"<rect x="\#(frame.x)" y="\#(frame.y)" width="\#(frame.width)" height="\#(frame.height)""#
          + #" fill="\#(colour.hex)""#
        let content = title.map { "><title>\(xmlEscaped($0()))</title></rect>" } ?? "/>"
        lines.append(rectangle + content)
      case .text(let words): lines.append(element(words))
      case .stroke(let points, let colour, let title):
        let place = points.map { "\($0.x),\($0.y)" }.joined(separator: " ")
        lines.append(
          #"<polyline points="\#(place)" stroke="\#(colour.hex)" fill="none" stroke-width="2""#
            + #" shape-rendering="auto""#
            + (title.map { "><title>\(xmlEscaped($0))</title></polyline>" } ?? "/>"))
      }
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  /// A text element; one that had to be cut tells the whole.
  private func element(_ words: Words) -> String {
    // The middle of the letters, by the baseline: librsvg 2.54 forgets a dy where the element has a title.
    let baseline = String(format: "%.1f", Double(words.y) + 0.35 * Double(words.size))
    var attributes = #"x="\#(words.x)" y="\#(baseline)" font-size="\#(words.size)""#
    switch words.anchor {
    case .start: break
    case .middle: attributes += #" text-anchor="middle""#
    case .end: attributes += #" text-anchor="end""#
    }
    let title = words.title.map { "<title>\(xmlEscaped($0))</title>" } ?? ""
    return "<text \(attributes)>\(title)\(xmlEscaped(words.text))</text>"
  }
}

/// Any text as the content of an XML element: markup is escaped, and what XML 1.0 cannot hold becomes U+FFFD.
func xmlEscaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;".unicodeScalars
    case "<": result += "&lt;".unicodeScalars
    case ">": result += "&gt;".unicodeScalars
    case "\"": result += "&quot;".unicodeScalars
    case "\t", "\n", "\r": result.append(" ")
    case "\0"..<" ", "\u{FFFE}"..."\u{FFFF}": result.append("\u{FFFD}")
    default: result.append(scalar)
    }
  }
  return String(result)
}
