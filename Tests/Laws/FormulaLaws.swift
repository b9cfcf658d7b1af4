import Descent
import Testing

/// People read the objective as a formula: it names all that can be set.
@Suite struct FormulaLaws {
  @Test(arguments: Losses.all.map(\.name))
  func losses(_ name: String) throws {
    let loss = try #require(Losses.named(name))
    #expect(loss.formula != "\(name)(s, y)" && loss.formula.contains("s"))
    for setting in loss.settings { #expect(loss.formula.contains(setting.name), "\(setting.name)") }
  }
}
