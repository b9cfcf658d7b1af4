/// What somebody may have meant.
enum Spelling {
  /// The candidate that is the fewest changes away from a word, where these are few enough for a slip.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let distances = candidates.map { ($0, distance(Array(word), Array($0))) }
    guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(1, word.count / 3 + 1) else {
      return nil
    }
    return best.0
  }

  /// How many characters are to be put in, left out, replaced or exchanged with the next.
  /// (Optimal string alignment: Damerau, Comm. ACM 7, 1964.)
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var table = (0...a.count).map { i in (0...b.count).map { j in i == 0 ? j : j == 0 ? i : 0 } }
    for i in a.indices {
      for j in b.indices {
        var least = min(table[i][j + 1], table[i + 1][j]) + 1
        least = min(least, table[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, table[i - 1][j - 1] + 1) }
        table[i + 1][j + 1] = least
      }
    }
    return table[a.count][b.count]
  }
}
