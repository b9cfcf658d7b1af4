/// How a text writes a date or a time. None is read: tables hold numbers.
struct DateForm: Equatable {
  /// Else it is a time alone.
  var hasDate = true
  /// Whether SQLite's date functions read it: `2020-01-03`, `2020-01-03T12:30`, `12:30:05`.
  var isISO: Bool

  /// Nil where a text is none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= 40, bytes.contains(where: { (0x30...0x39).contains($0) }),
      bytes.allSatisfy({ $0 < 0x80 })
    else { return nil }
    var text = String(decoding: bytes, as: UTF8.self).drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    guard let start = Self.timeStart(text) else {
      guard let isISO = Self.isISODate(text) else { return nil }
      self.isISO = isISO
      return
    }
    guard let isISOTime = Self.isISOTime(text[start...]) else { return nil }
    var date = text[..<start]
    guard let separator = date.popLast() else {
      (hasDate, isISO) = (false, isISOTime)
      return
    }
    if date.last == "," { date.removeLast() }
    guard " T".contains(separator), let isISODate = Self.isISODate(date) else { return nil }
    isISO = isISODate && isISOTime
  }

  /// Where the digits before the first colon begin.
  private static func timeStart(_ text: Substring) -> Substring.Index? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    return text[..<colon].lastIndex { !$0.isNumber }.map { text.index(after: $0) } ?? text.startIndex
  }

  /// Whether a time is as ISO writes it; nil where it is none.
  private static func isISOTime(_ text: Substring) -> Bool? {
    var (clock, isISO) = (text.uppercased()[...], true)
    for ending in ["AM", "PM", "UTC", "GMT"] where clock.hasSuffix(ending) {
      (clock, isISO) = (clock.dropLast(ending.count), false)
    }
    if clock.hasSuffix("Z") {
      clock.removeLast()
    } else if let sign = clock.lastIndex(where: { "+-".contains($0) }) {
      let zone = clock[clock.index(after: sign)...]
      let digits = zone.filter { $0 != ":" }
      guard digits.allSatisfy(\.isNumber), [2, 4].contains(digits.count) else { return nil }
      (clock, isISO) = (clock[..<sign], isISO && zone.count == 5)
    }
    while clock.last == " " { clock.removeLast() }
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hours = Int(parts[0]), (0...24).contains(hours),
      parts[1].count == 2, let minutes = Int(parts[1]), (0..<60).contains(minutes)
    else { return nil }
    guard parts.count == 3 else { return isISO && parts[0].count == 2 }
    guard let seconds = Double(parts[2]), seconds >= 0, seconds < 61 else { return nil }
    return isISO && parts[0].count == 2 && parts[2].prefix { $0 != "." }.count == 2
  }

  /// Whether a date is as ISO writes it; nil where it is none.
  private static func isISODate(_ text: Substring) -> Bool? {
    for separator: Character in ["-", "/", "."] {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
      guard parts.count == 3, numbers.count == 3 else { continue }
      let sizes = parts.map(\.count)
      if sizes[0] == 4 {
        return isDay(numbers[2], numbers[1]) ? separator == "-" && sizes == [4, 2, 2] : nil
      }
      let isDate = isDay(numbers[0], numbers[1]) || isDay(numbers[1], numbers[0])
      return isDate && [2, 4].contains(sizes[2]) ? false : nil
    }
    return isInWords(text) ? false : nil
  }

  private static func isDay(_ day: Int, _ month: Int) -> Bool {
    (1...31).contains(day) && (1...12).contains(month)
  }

  /// Whether it is the name of a month, with a day, a year or both, and perhaps the day of the week: `Jan 3 2020`.
  private static func isInWords(_ text: Substring) -> Bool {
    let words = text.lowercased().split { " ,-./".contains($0) }
    func count(_ names: [String]) -> Int {
      words.count { word in word.count >= 3 && names.contains { $0.hasPrefix(word) } }
    }
    let numbers = words.count { $0.allSatisfy(\.isNumber) && ($0.count <= 2 || $0.count == 4) }
    let weekdays = count(Self.days)
    return count(Self.months) == 1 && (1...2).contains(numbers) && weekdays <= 1
      && words.count == 1 + numbers + weekdays
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
  private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}
