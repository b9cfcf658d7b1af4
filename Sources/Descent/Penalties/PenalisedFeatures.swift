/// The features whose weights a penalty is to act on: who names some of them is told which these are.
public struct PenalisedFeatures: Sendable {
  /// Made where it is asked for: most penalties never do.
  public var columns: FeatureColumns { makeColumns() }
  private let makeColumns: @Sendable () -> FeatureColumns
  /// The penalty acts on the weights of features that are scaled so.
  public let scaling: Scaling
  /// Whether each weight is that of a feature: in networks only those of the first layer are.
  public let isLinear: Bool
  /// The relative rounding of the weights as they are written, 2⁻²³ in Float.
  public let rounding: Double

  /// `columns` is evaluated whenever ``columns`` is asked for. With a `rounding` of 0 weights may lie on a bound itself.
  public init(
    _ columns: @autoclosure @escaping @Sendable () -> FeatureColumns, scaling: Scaling = .none,
    isLinear: Bool = true, rounding: Double = 0
  ) {
    (makeColumns, self.scaling, self.isLinear, self.rounding) = (columns, scaling, isLinear, rounding)
  }

  /// The value of each feature, named by its column or by itself; `*` names all that are not named otherwise.
  func each<Value>(_ named: [String: Value], else usual: Value) throws(PenaltyError) -> [Value] {
    let columns = columns
    var values = Array(repeating: named["*"] ?? usual, count: columns.count)
    var seen: [Range<Int>: String] = [:]
    var places: [(features: Range<Int>, value: Value)] = []
    for (name, value) in named.inOrder where name != "*" {
      let features = try columns.known(name)
      if let other = seen.updateValue(name, forKey: features) { throw .twice(other, name) }
      places.append((features, value))
    }
    // One feature of a column says more than the column.
    for isSingle in [false, true] {
      for place in places where (place.features.count == 1) == isSingle {
        for j in place.features { values[j] = place.value }
      }
    }
    return values
  }
}

extension FeatureColumns {
  /// The features of a column that must be there.
  func known(_ column: String) throws(PenaltyError) -> Range<Int> {
    if let features = features(of: column) { return features }
    throw .unknownColumn(column, near: nearest(column, among: names), names: names)
  }
}

/// Why a penalty is none of such features, or none at all.
public enum PenaltyError: Error, Equatable, CustomStringConvertible {
  /// A name that no column has, the one most like it, nil where none is like it, and all there are.
  case unknownColumn(String, near: String?, names: [String])
  /// One column by two names.
  case twice(String, String)
  /// The name of a penalty on features, asked for in a network.
  case onlyLinear(String)
  /// The weight of a column that says the same of all rows, which is 0.
  case constant(String)
  /// A text that says no such thing.
  case unreadable(String)

  public var description: String {
    switch self {
    case .unknownColumn(let name, let near, let names):
      "there is no column '\(name)' among the features; "
        + (near.map { "did you mean '\($0)'? " } ?? "")
        + (names.isEmpty
          ? "they have no names: number them from 1"
          : "they are " + names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
            + (names.count > 20 ? " and \(names.count - 20) more" : ""))
    case .twice(let one, let other) where one == other: "'\(one)' is named twice; name it once"
    case .twice(let one, let other): "'\(one)' and '\(other)' are the same column; name it once"
    case .onlyLinear(let name): "the penalty \(name) is for linear models: it is one on features"
    case .constant(let name):
      "the bounds of '\(name)' leave out 0, and the column is constant: its weight is 0; leave the column or its bounds out"
    case .unreadable(let words): words
    }
  }
}
