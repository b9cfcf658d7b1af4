/// The penalties that come with the library, by name. A new one is one line here.
public enum Penalties {
  /// Each with strengths of 0, to ask for its name and settings; ``named(_:_:)`` makes those that cost anything.
  public static let all: [any Penalty] = [
    NoPenalty(), L1(0), L2(0), ElasticNet(l1: 0, l2: 0), FeatureElasticNet(), GroupPenalty(0),
  ]

  /// The penalty of that name with such settings; those that are not given are 0.
  public static func named(_ name: String, _ settings: [Setting]) throws(SettingError) -> any Penalty {
    guard let penalty = all.first(where: { $0.name == name }) else { throw .unknownName(name) }
    let made = try penalty.with(settings)
    // A setting that came to nothing is one that the penalty has not: l2 of an l1.
    for setting in settings {
      let kept = made.settings.first { $0.name == setting.name }
      guard let kept else { throw .unknownSetting(setting.name, owner: name) }
      guard kept.text != setting.text else { continue }
      guard try [kept].notNegative(kept.name) == [setting].notNegative(setting.name) else {
        throw .unknownSetting(setting.name, owner: name)
      }
    }
    return made
  }
}
