/// The losses that come with the library, by name. A new one is one line here.
public enum Losses {
  /// Each with the settings that it has unless told otherwise.
  public static let all: [any Loss] = [
    Softmax(), Hinge(), SquaredHinge(), Logistic(), SquaredError(), Huber(), Poisson(), Quantile(),
  ]

  /// The loss of that name, with the settings that it has unless told otherwise.
  public static func named(_ name: String) -> (any Loss)? { all.first { $0.name == name } }

  /// The loss of that name with such settings; those that are not given stay as they are.
  public static func named(_ name: String, _ settings: [Setting]) throws(SettingError) -> any Loss {
    guard let loss = named(name) else { throw .unknownName(name) }
    try settings.check(against: loss.settings, of: name)
    return try loss.with(settings)
  }
}
