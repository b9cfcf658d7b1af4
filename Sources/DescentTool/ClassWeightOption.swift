import ArgumentParser
import Descent

/// `balanced`, or `yes=5,no=1`
struct ClassWeightOption: Sendable, CustomStringConvertible {
  let weights: ClassWeights
  let description: String

  init(_ text: String) throws {
    description = text
    guard text != "balanced" else {
      weights = .balanced
      return
    }
    var named: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let sign = part.lastIndex(of: "="), let weight = Double(part[part.index(after: sign)...]) else {
        throw ValidationError("give balanced, or the weights of classes, such as yes=5,no=1")
      }
      let name = String(part[..<sign].drop { $0 == " " })
      guard weight > 0, weight.isFinite else {
        throw ValidationError(
          "the weight of the class '\(name)' must be a finite number above 0, not \(weight)")
      }
      guard named.updateValue(weight, forKey: name) == nil else {
        throw ValidationError("the class '\(name)' has two weights; give it one")
      }
    }
    weights = .named(named)
  }
}
