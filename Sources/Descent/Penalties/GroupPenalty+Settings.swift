extension GroupPenalty {
  public var settings: [Setting] {
    [Setting("group", strength), Setting("l1", l1), Setting("l2", l2)]
      + (groups.map { [Setting("groups", Self.text(of: $0))] } ?? [])
  }

  public var settable: [String] { ["group", "l1", "l2", "groups"] }

  public func with(_ settings: [Setting]) throws(SettingError) -> GroupPenalty {
    GroupPenalty(
      try settings.notNegative("group") ?? strength, l1: try settings.notNegative("l1") ?? l1,
      l2: try settings.notNegative("l2") ?? l2,
      groups: settings.first { $0.name == "groups" }.map { Self.groups($0.text) } ?? groups)
  }

  /// `height+width,colour`
  private static func text(of groups: [[String]]) -> String {
    ListedNames.join(groups.map { ListedNames.join($0, by: "+") }, by: ",")
  }

  private static func groups(_ text: String) -> [[String]] {
    ListedNames.split(text, at: ",").map { ListedNames.split($0, at: "+") }
  }
}
