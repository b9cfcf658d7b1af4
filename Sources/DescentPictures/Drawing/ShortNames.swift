/// Names as they are shown in little room: a long one is cut in its middle, as what tells names apart is often their end, and no
/// two names come to look alike.
public struct ShortNames {
  /// In the order of the names.
  public let texts: [String]

  /// - Parameters:
  ///   - names: in any order.
  ///   - columns: as many characters as there should be at most; more where names would look alike.
  public init(_ names: [String], columns: Int) {
    let names = names.map { String($0.map { $0.isNewline ? " " : $0 }) }
    var limits = names.map { _ in columns }
    var texts = zip(names, limits).map(Self.cut)
    while true {
      let alike = Dictionary(grouping: names.indices) { texts[$0] }.values.filter { places in
        places.contains { names[$0] != names[places[0]] }
      }.joined()
      if alike.isEmpty { break }
      for i in alike {
        limits[i] *= 2
        texts[i] = Self.cut(names[i], to: limits[i])
      }
    }
    self.texts = texts
  }

  /// Those of a picture, each with the whole as its title where it was cut.
  func words(of names: [String]) -> [Words] {
    zip(texts, names).map { Words(text: $0, x: 0, y: 0, title: $0 == $1 ? nil : $1) }
  }

  private static func cut(_ name: String, to columns: Int) -> String {
    guard name.columns > columns else { return name }
    let room = max(columns - 1, 2)
    return String(front(of: name, room / 2)) + "…"
      + String(front(of: name.reversed(), room - room / 2).reversed())
  }

  /// The first characters, as many as have room.
  private static func front(of name: some Sequence<Character>, _ columns: Int) -> [Character] {
    var left = columns
    return Array(
      name.prefix { character in
        left -= String(character).columns
        return left >= 0
      })
  }
}
