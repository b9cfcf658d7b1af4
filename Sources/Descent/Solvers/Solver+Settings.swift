extension Solver {
  /// The stored properties, whatever solver it is: `batchSize` as "batch size".
  public var settings: [Setting] {
    Mirror(reflecting: self).children.map { child in
      let name = words(for: child.label ?? "setting")
      return switch child.value {
      case let number as Double: Setting(name, number)
      case let count as Int: Setting(name, count)
      case let rule as any UpdateRule: Setting(name, rule.text)
      default: Setting(name, text(child.value))
      }
    }
  }
}

private func words(for label: String) -> String {
  label.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : "\($1)" }
}

private func text(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  guard mirror.displayStyle == .optional else { return "\(value)" }
  return mirror.children.first.map { "\($0.value)" } ?? "not set"
}
