/// The one of `names` that is most like `name`, nil where none is: some of its letters may differ, and their case.
public func nearest(_ name: String, among names: some Sequence<String>) -> String? {
  let word = Array(name.lowercased())
  let distances = names.map { ($0, editDistance(word, Array($0.lowercased()))) }
  let most = max(word.count / 3, min(2, word.count / 2))
  return distances.filter { $0.1 <= most }.min { $0.1 < $1.1 }?.0
}

/// How many letters must be put in, left out or replaced to make one word of the other (Levenshtein 1966).
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var row = Array(0...second.count)
  for (i, letter) in first.enumerated() {
    var corner = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let step = corner + (letter == other ? 0 : 1)
      corner = row[j + 1]
      row[j + 1] = min(step, corner + 1, row[j] + 1)
    }
  }
  return row[second.count]
}
