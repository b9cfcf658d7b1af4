extension FeatureElasticNet {
  public var formula: String {
    "Σⱼ factorⱼ·(l1·‖Wⱼ‖₁ + (l2/2)·‖Wⱼ‖²)" + (bounds.isEmpty ? "" : " within bounds")
  }

  public var settings: [Setting] {
    [Setting("l1", l1), Setting("l2", l2)]
      + (factors.isEmpty ? [] : [Setting("factors", Self.text(of: factors))])
      + (bounds.isEmpty ? [] : [Setting("bounds", Self.text(of: bounds))])
  }

  public var settable: [String] { ["l1", "l2", "factors", "bounds"] }

  public func with(_ settings: [Setting]) throws(SettingError) -> FeatureElasticNet {
    func read<Value>(
      _ name: String, _ usual: Value, _ read: (String) throws(PenaltyError) -> Value
    ) throws(SettingError) -> Value {
      guard let setting = settings.first(where: { $0.name == name }) else { return usual }
      do throws(PenaltyError) { return try read(setting.text) } catch {
        throw .unfit(setting, wanted: "a list of such")
      }
    }
    return FeatureElasticNet(
      l1: try settings.notNegative("l1") ?? l1, l2: try settings.notNegative("l2") ?? l2,
      factors: try read("factors", factors, Self.factors), bounds: try read("bounds", bounds, Self.bounds))
  }

  /// The factors of a text such as `age=0,income=2`. A comma in a name is written `\,`.
  public static func factors(_ text: String) throws(PenaltyError) -> [String: Double] {
    var result: [String: Double] = [:]
    for part in ListedNames.split(text, at: ",") {
      guard let sign = part.lastIndex(of: "="), sign > part.startIndex,
        let factor = Double(part[part.index(after: sign)...]), factor >= 0
      else {
        throw .unreadable("'\(part)' is not COLUMN=FACTOR, with a factor of 0 or more, as in age=0,income=2")
      }
      try result.add(factor, String(part[..<sign]))
    }
    return result
  }

  /// The bounds of a text such as `dose:0:,age:-1:1`, where a side without a number is open.
  public static func bounds(_ text: String) throws(PenaltyError) -> [String: ClosedRange<Double>] {
    var result: [String: ClosedRange<Double>] = [:]
    for part in ListedNames.split(text, at: ",") {
      let ends = part.split(separator: ":", omittingEmptySubsequences: false)
      guard ends.count >= 3, let low = end(ends[ends.count - 2], open: -.infinity),
        let high = end(ends[ends.count - 1], open: .infinity)
      else { throw .unreadable("'\(part)' is not COLUMN:LOW:HIGH, as in dose:0: or age:-1:1") }
      let name = ends.dropLast(2).joined(separator: ":")
      guard !name.isEmpty else { throw .unreadable("'\(part)' names no column; * stands for all") }
      guard low <= high, low < .infinity, high > -.infinity else {
        throw .unreadable(
          "the bounds of '\(name)' cross: \(ListedNames.text(low)) is above \(ListedNames.text(high))")
      }
      guard low > -.infinity || high < .infinity else {
        throw .unreadable("'\(part)' bounds nothing; give a number on one side, as in \(name):0:")
      }
      try result.add(low...high, name)
    }
    return result
  }

  private static func end(_ text: Substring, open: Double) -> Double? {
    guard !text.isEmpty else { return open }
    return Double(text).flatMap { $0.isNaN ? nil : $0 }
  }

  private static func text(of factors: [String: Double]) -> String {
    ListedNames.join(factors.inOrder.map { "\($0)=\(ListedNames.text($1))" }, by: ",")
  }

  private static func text(of bounds: [String: ClosedRange<Double>]) -> String {
    func text(_ end: Double) -> String { end.isFinite ? ListedNames.text(end) : "" }
    return ListedNames.join(
      bounds.inOrder.map { "\($0):\(text($1.lowerBound)):\(text($1.upperBound))" }, by: ","
    )
  }
}

extension Dictionary where Key == String {
  fileprivate mutating func add(_ value: Value, _ name: String) throws(PenaltyError) {
    guard updateValue(value, forKey: name) == nil else { throw .twice(name, name) }
  }
}
