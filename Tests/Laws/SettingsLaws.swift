import Descent
import Testing

@Suite("Laws of settings")
struct SettingsLaws {
  @Test(arguments: Instances.losses.indices)
  func aLossIsMadeAgain(_ index: Int) throws {
    let loss = Instances.losses[index]
    let made = try Losses.named(loss.name, loss.settings)
    #expect(String(reflecting: made) == String(reflecting: loss))
    // From texts as well, which is what files hold.
    let texts = loss.settings.map { Setting($0.name, $0.text) }
    #expect(try Losses.named(loss.name, texts).settings == loss.settings)
  }

  @Test("every stored property of a loss is among its settings", arguments: Losses.all.map(\.name))
  func nothingIsLeftOut(_ name: String) throws {
    let loss = try #require(Losses.named(name))
    #expect(Mirror(reflecting: loss).children.count == loss.settings.count)
    for setting in loss.settings {
      let other = try Losses.named(name, [Setting(setting.name, 0.375)])
      #expect(other.settings.first { $0.name == setting.name }?.value == .number(0.375))
      for value in [0, -1, .nan, .infinity] as [Double] {
        #expect(throws: SettingError.self) { try Losses.named(name, [Setting(setting.name, value)]) }
      }
      #expect(throws: SettingError.self) { try Losses.named(name, [Setting(setting.name, "much")]) }
    }
    #expect(throws: SettingError.unknownSetting("colour", owner: name)) {
      try Losses.named(name, [Setting("colour", 1)])
    }
  }

  @Test(arguments: Instances.penalties.indices)
  func aPenaltyIsMadeAgain(_ index: Int) throws {
    let penalty = Instances.penalties[index]
    let texts = penalty.settings.map { Setting($0.name, $0.text) }
    for settings in [penalty.settings, texts] {
      #expect(String(reflecting: try penalty.with(settings)) == String(reflecting: penalty))
      guard Penalties.all.contains(where: { $0.name == penalty.name }) else { continue }
      let made = try Penalties.named(penalty.name, settings)
      #expect(String(reflecting: made) == String(reflecting: penalty))
    }
  }

  @Test func aPenaltyRefusesWhatItHasNot() {
    #expect(throws: SettingError.unknownSetting("l2", owner: "l1")) {
      try Penalties.named("l1", [Setting("l1", 1), Setting("l2", 2)])
    }
    #expect(throws: SettingError.self) { try Penalties.named("l2", [Setting("l2", -1)]) }
  }

  /// In the words of version 0.1, whose models and checkpoints hold them.
  @Test func updateRulesAreWrittenAsEver() {
    let rules: [(any UpdateRule, String)] = [
      (SGD(), "GradientDescent()"), (AdaGrad(), "AdaGrad(decay: nil, epsilon: 1e-08)"),
      (RMSProp(), "AdaGrad(decay: Optional(0.9), epsilon: 1e-08)"),
      (Momentum(), "Momentum(momentum: 0.9, isNesterov: false)"),
    ]
    for (rule, text) in rules {
      #expect(MiniBatch(rule).settings.first { $0.name == "rule" } == Setting("rule", text))
    }
  }

  @Test(arguments: [.automatic, .none, .standard, .factor(0.25)] as [ScalingChoice])
  func aScalingIsMadeAgain(_ scaling: ScalingChoice) throws {
    #expect(try ScalingChoice.named(scaling.name, scaling.settings) == scaling)
  }
}
