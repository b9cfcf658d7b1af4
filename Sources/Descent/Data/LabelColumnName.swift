/// The names by which columns of targets go.
public enum LabelColumnName {
  /// Whether a column of this name is likely to hold the targets, whatever its letters' case.
  ///
  /// - Parameters:
  ///   - name: the name of the column.
  ///   - others: The names beside it: a `y` beside an `x` is a coordinate.
  public static func isOne(_ name: String, among others: [String] = []) -> Bool {
    let name = name.lowercased()
    if name == "y" { return !others.contains { $0.lowercased() == "x" } }
    return ["label", "labels", "class", "target", "targets"].contains(name)
  }
}
