internal import Foundation

extension Matrix: CustomStringConvertible, CustomDebugStringConvertible {
  /// The numbers as NumPy prints them, to eight digits after the point; of more than 1000 only the corners.
  ///
  /// ```
  /// [[ 1.   0.5]
  ///  [-3.   2. ]]
  /// ```
  public var description: String {
    guard rows > 0, columns > 0 else { return "[]" }
    let isWhole = rows * columns <= 1000
    let (top, left) = (Self.shown(rows, isWhole), Self.shown(columns, isWhole))
    let style = NumberStyle(
      top.flatMap { i in left.compactMap { j in i.flatMap { i in j.map { self[i, $0] } } } })
    let lines = top.map { row in
      guard let row else { return "..." }
      return "[" + left.map { $0.map { style.text(self[row, $0]) } ?? "..." }.joined(separator: " ") + "]"
    }
    return "[" + lines.joined(separator: "\n ") + "]"
  }

  /// The shape and the type before the numbers.
  public var debugDescription: String {
    "\(rows) × \(columns) matrix of \(Element.self)\n\(description)"
  }

  /// Which of `count` rows or columns are printed, nil for those left out between them.
  private static func shown(_ count: Int, _ isWhole: Bool) -> [Int?] {
    isWhole || count <= 6 ? Array(0..<count) : [0, 1, 2, nil, count - 3, count - 2, count - 1]
  }
}

/// How the numbers of one matrix are written so that their points stand below each other.
///
/// Source: NumPy's `arrayprint.FloatingFormat`, by its defaults.
private struct NumberStyle<Element: Scalar> {
  private let isScientific: Bool
  private var digits = 0
  private var (before, after) = (0, 0)

  init(_ numbers: [Element]) {
    let magnitudes = numbers.filter { $0.isFinite && $0 != 0 }.map { abs($0) }
    let (least, most) = (magnitudes.min() ?? 1, magnitudes.max() ?? 1)
    isScientific = Double(most) >= 1e8 || Double(least) < 1e-4 || most / least > 1000
    let finite = numbers.filter(\.isFinite)
    digits = finite.map { Self.digits($0, isScientific) }.max() ?? 0
    for number in finite {
      let parts = bare(number)
      (before, after) = (max(before, parts.before.count), max(after, parts.after.count))
    }
    for number in numbers where !number.isFinite {
      before = max(before, Self.name(number).count - after - 1)
    }
  }

  func text(_ number: Element) -> String {
    let width = before + 1 + after
    guard number.isFinite else { return padded(Self.name(number), width) }
    let (whole, rest) = bare(number)
    return padded(whole, before) + "." + rest + String(repeating: " ", count: after - rest.count)
  }

  /// What stands before the point and after it.
  private func bare(_ number: Element) -> (before: String, after: String) {
    let places = isScientific ? digits : Self.digits(number, false)
    let text = String(format: isScientific ? "%#.\(places)e" : "%#.\(places)f", Double(number))
    let point = text.firstIndex(of: ".") ?? text.endIndex
    return (String(text[..<point]), String(text[point...].dropFirst()))
  }

  /// How many digits after the point it takes to read the number back, up to eight.
  private static func digits(_ number: Element, _ isScientific: Bool) -> Int {
    (0..<8).first {
      Element(Double(String(format: isScientific ? "%.\($0)e" : "%.\($0)f", Double(number))) ?? .nan)
        == number
    } ?? 8
  }

  private static func name(_ number: Element) -> String {
    number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
