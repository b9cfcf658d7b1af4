/// The colours of reports and charts, by what they are for; those of lines after Okabe and Ito's, which the colour-blind tell
/// apart. (Okabe and Ito, Color Universal Design, 2008.)
struct Palette {
  let colours: KeyValuePairs<String, String>

  static let light = Palette(colours: [
    "paper": "#ffffff", "ink": "#1c1f23", "soft": "#5a6169", "rule": "#d8dce0", "tint": "#f3f5f7",
    "plus": "#b3401f",
    "minus": "#1f62a8", "shade-colour": "31, 98, 168", "l0": "#0060a8", "l1": "#b3401f", "l2": "#00795a",
    "l3": "#8a4a86",
    "l4": "#7a5c00",
  ])

  static let dark = Palette(colours: [
    "paper": "#15181b", "ink": "#e8eaed", "soft": "#a9b0b7", "rule": "#3a4046", "tint": "#1f2327",
    "plus": "#f08a66",
    "minus": "#6fb1ee", "shade-colour": "111, 177, 238", "l0": "#6fb1ee", "l1": "#f08a66", "l2": "#3fc79a",
    "l3": "#d596d1",
    "l4": "#e0be4a",
  ])

  subscript(name: String) -> String { colours.first { $0.key == name }!.value }

  /// As custom properties of a style sheet.
  var variables: String { colours.map { "--\($0): \($1);" }.joined(separator: " ") }
}

/// The rules of charts, whose colours `colour` tells.
func chartRules(_ colour: (String) -> String) -> String {
  """
    .chart text { fill: \(colour("ink")); } .chart circle { stroke-dasharray: none; }
    .grid { stroke: \(colour("rule")); } .axis { stroke: \(colour("soft")); fill: none; }
    .behind { stroke: \(colour("soft")); stroke-opacity: 0.4; fill: none; }
    .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
    .l0 { stroke: \(colour("l0")); } .l1 { stroke: \(colour("l1")); stroke-dasharray: 8 4; }
    .l2 { stroke: \(colour("l2")); stroke-dasharray: 2 4; } .l3 { stroke: \(colour("l3")); stroke-dasharray: 10 3 2 3; }
    .l4 { stroke: \(colour("l4")); stroke-dasharray: 14 4; }
  """
}
