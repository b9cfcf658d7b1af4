internal import Descent

/// What may be meant by a cell that is no number as numbers are spelt in its table, but is one as they are elsewhere.
///
/// What would change a number a thousandfold is asked, and never advised.
struct SpellingProblem {
  let problem: String
  let remedy: Phrase

  /// Nil where the cell is a number in no spelling.
  ///
  /// - Parameters:
  ///   - spelling: That of the table; nil is with a decimal point alone.
  ///   - hasPoints: Whether other numbers of the table have a decimal point.
  init?(_ cell: [UInt8], _ spelling: NumberSpelling?, hasPoints: Bool) {
    let text = quoted(cell)
    let decimal = spelling?.decimal ?? .point
    let readings = Self.forms.filter { form in
      guard let other = NumberSpelling(form), other != spelling, other.plain(cell) != nil else {
        return false
      }
      return form.thousands == nil ? cell.contains(UInt8(ascii: ",")) : other.hasGroups(cell)
    }
    let asPlain = CSVCell(cell).number != nil
    guard let first = readings.first ?? (asPlain ? TableForm() : nil) else { return nil }
    if let group = readings.first(where: { $0.thousands != nil }),
      let whole = NumberSpelling(group)?.plain(cell)
    {
      let number = String(decoding: whole, as: UTF8.self)
      if readings.contains(where: { $0.thousands == nil }) || asPlain {
        let fraction = String(
          decoding: cell.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
        problem = "\(text) may be \(fraction) or \(number)"
        let separator = Self.word(group.thousands!)
        // A mark is named only where the command can take it: other numbers may be spelt otherwise already.
        remedy =
          !hasPoints && spelling == nil
          ? "say \(.decimal) , for the first, or \(.thousands) " + separator + " for the second"
          : "say \(.thousands) " + separator + " for the second, or spell the first as the other numbers are"
        return
      }
      problem = "\(text) is not a number"
      remedy =
        decimal == group.decimal ?? .point || group.decimal == nil
        ? "say \(.thousands) " + Self.word(group.thousands!)
        : "say \(.decimal) , \(.thousands) " + Self.word(group.thousands!)
      return
    }
    if spelling == nil, first.decimal == .comma {
      problem = "\(text) is not a number"
      remedy = hasPoints ? "write a decimal point, as in other numbers" : "say \(.decimal) ,"
    } else {
      problem = "\(text) is not a number with a decimal \(decimal == .comma ? "comma" : "point")"
      remedy = "spell all numbers alike"
    }
  }

  static let forms: [TableForm] =
    [TableForm(decimal: .comma)]
    + [.comma, .apostrophe, .space].map { TableForm(thousands: $0) }
    + [.point, .apostrophe, .space].map { TableForm(decimal: .comma, thousands: $0) }

  /// As a command line takes it.
  private static func word(_ thousands: TableForm.Thousands) -> Phrase {
    switch thousands {
    case .comma, .point: Phrase("\(thousands.rawValue)")
    case .apostrophe: "\"'\""
    case .space: "space"
    }
  }
}
