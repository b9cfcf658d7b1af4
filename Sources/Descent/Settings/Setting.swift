/// One thing that is set of a loss, a penalty, a scaling or a solver, by name.
///
/// Each says its settings as a list and, where files name it, is made again from its name and such a list. Model
/// files, checkpoints, metrics and people's texts read that one list.
public struct Setting: Sendable, Equatable {
  /// What it is set to. A count serves where a number is asked for, and so does a text that is one, as files hold them.
  public enum Value: Sendable, Equatable {
    /// A real number, such as a strength. Whether it is finite, or above 0, is seen where it is asked for.
    case number(Double)
    /// A whole number, such as of steps.
    case count(Int)
    /// Words, such as the name of a rule.
    case text(String)
  }

  /// As its owner calls it, such as `l2` or `batch size`.
  public var name: String
  /// The count 2 and the number 2.0 are not equal, though both serve as a number.
  public var value: Value

  /// A ``Value/number(_:)``, as a literal with a point is.
  public init(_ name: String, _ value: Double) { (self.name, self.value) = (name, .number(value)) }
  /// A ``Value/count(_:)``, as a literal without a point is.
  public init(_ name: String, _ value: Int) { (self.name, self.value) = (name, .count(value)) }
  /// A ``Value/text(_:)``, also where the text is that of a number.
  public init(_ name: String, _ value: String) { (self.name, self.value) = (name, .text(value)) }

  /// The value in words; a number as the shortest text that gives it back.
  public var text: String {
    switch value {
    case .number(let number): "\(number)"
    case .count(let count): "\(count)"
    case .text(let text): text
    }
  }
}

/// Why nothing can be made from settings.
public enum SettingError: Error, Equatable, CustomStringConvertible {
  /// There is nothing of that name.
  case unknownName(String)
  /// `owner` has no setting of that name.
  case unknownSetting(String, owner: String)
  /// The value is none that it can have.
  case unfit(Setting, wanted: String)

  public var description: String {
    switch self {
    case .unknownName(let name): "there is no '\(name)'"
    case .unknownSetting(let setting, let owner): "'\(owner)' has no \(setting)"
    case .unfit(let setting, let wanted): "a \(setting.name) of \(setting.text) is not \(wanted)"
    }
  }
}

extension [Setting] {
  /// The number set under `name`, which is to be above 0; nil where none is set.
  public func positive(_ name: String) throws(SettingError) -> Double? {
    try number(name, "a number above 0") { $0 > 0 }
  }

  /// The number set under `name`, which is to be 0 or more; nil where none is set.
  public func notNegative(_ name: String) throws(SettingError) -> Double? {
    try number(name, "a number of 0 or more") { $0 >= 0 }
  }

  /// The number set under `name`, which is to be between 0 and 1; nil where none is set.
  public func fraction(_ name: String) throws(SettingError) -> Double? {
    try number(name, "a number between 0 and 1") { $0 > 0 && $0 < 1 }
  }

  private func number(
    _ name: String, _ wanted: String, _ suits: (Double) -> Bool
  ) throws(SettingError) -> Double? {
    guard let setting = first(where: { $0.name == name }) else { return nil }
    // Files hold texts.
    let number =
      switch setting.value {
      case .number(let number): number
      case .count(let count): Double(count)
      case .text(let text): Double(text) ?? .nan
      }
    guard number.isFinite, suits(number) else { throw .unfit(setting, wanted: wanted) }
    return number
  }

  /// Throws where one is set that is not among `known`.
  func check(against known: [Setting], of owner: String) throws(SettingError) {
    for setting in self where !known.contains(where: { $0.name == setting.name }) {
      throw .unknownSetting(setting.name, owner: owner)
    }
  }
}
