/// group·Σ_g √size_g·‖W_g‖₂ + l1·‖W‖₁ + (l2/2)·‖W‖² over groups g of features: those of a group are used together, by all
/// classes, or not at all.
///
/// W_g are the weights of a group's features over all classes, size_g is how many they are. Unless groups are named each
/// column of the data is one: a single feature, or all that a column of categories became. With l1 it is the sparse group
/// lasso, which leaves weights out within groups too.
///
/// ```swift
/// let penalty = GroupPenalty(0.01, groups: [["height", "width"], ["colour"]])
/// ```
/// (Yuan and Lin, Model selection and estimation in regression with grouped variables, JRSS B 68, 2006; Simon, Friedman,
/// Hastie and Tibshirani, A sparse-group lasso, J. Comput. Graph. Stat. 22, 2013.)
public struct GroupPenalty: ProximablePenalty, DualPenalty {
  /// What a group's √size·‖W_g‖₂ costs, at least 0: the setting `group`.
  public let strength: Double
  /// The strength of ‖W‖₁, at least 0.
  public let l1: Double
  /// The strength of ½‖W‖², at least 0.
  public let l2: Double
  /// Columns by name, see ``FeatureColumns``; each that is in none is a group by itself. Nil where none are named.
  public let groups: [[String]]?
  public var name: String { "group" }
  public var formula: String {
    "group·Σ √size·‖W_g‖₂ over the features" + (l1 > 0 ? " + l1·‖W‖₁" : "") + (l2 > 0 ? " + (l2/2)·‖W‖²" : "")
  }

  /// The features of each group, once they are known; a feature each where empty.
  private(set) var members: [[Int]] = []

  /// Traps where a strength is below 0 or not finite. Whether there are such columns is seen by ``resolved(for:)``.
  public init(_ strength: Double, l1: Double = 0, l2: Double = 0, groups: [[String]]? = nil) {
    self.strength = checkedStrength(strength)
    (self.l1, self.l2) = (checkedStrength(l1), checkedStrength(l2))
    self.groups = groups
  }

  /// Another of the same groups.
  private init(_ other: GroupPenalty, strength: Double, l1: Double, l2: Double) {
    self.init(strength, l1: l1, l2: l2, groups: other.groups)
    members = other.members
  }

  public func scaled(by factor: Double, price: Double) -> GroupPenalty {
    GroupPenalty(
      self, strength: price * factor * strength, l1: price * factor * l1, l2: price * factor * factor * l2)
  }

  public func resolved(for features: PenalisedFeatures) throws(PenaltyError) -> any Penalty {
    guard features.isLinear else { throw .onlyLinear(name) }
    let columns = features.columns
    var result = self
    var owners: [Range<Int>: String] = [:]
    result.members = []
    for group in groups ?? [] {
      var members: [Int] = []
      for name in group {
        let own = try columns.known(name)
        let rival = owners.first { $0.key.overlaps(own) }?.value
        if let rival { throw .twice(rival, name) }
        owners[own] = name
        members += own
      }
      result.members.append(members)
    }
    for column in columns.columns {
      let rest = column.features.filter { j in !owners.keys.contains { $0.contains(j) } }
      if !rest.isEmpty { result.members.append(rest) }
    }
    if result.members.allSatisfy({ $0.count == 1 }) { result.members = [] }
    return result
  }

  public var elasticNet: (l1: Double, l2: Double)? { strength == 0 ? (l1, l2) : nil }
  public var unit: WeightUnit { members.isEmpty ? .column : .whole }
  public var kinks: (any ProximablePenalty)? {
    strength > 0 || l1 > 0 ? GroupPenalty(self, strength: strength, l1: l1, l2: 0) : nil
  }
  public var dual: (any DualPenalty)? { strength > 0 || l1 > 0 || l2 > 0 ? self : nil }

  public func value<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> Double {
    var (norms, absolute, squares) = (0.0, 0.0, 0.0)
    forEachGroup(shape) { places, price in
      let w = places.map { Double(weights[$0]) }
      let square = w.reduce(0) { $0 + $1 * $1 }
      norms += price * square.squareRoot()
      absolute += w.reduce(0) { $0 + abs($1) }
      squares += square
    }
    return (strength == 0 ? 0 : norms) + (l1 == 0 ? 0 : l1 * absolute) + (l2 == 0 ? 0 : l2 / 2 * squares)
  }

  public func addGradient<Element: KernelScalar>(
    _ weights: Span<Element>, _ shape: WeightShape, to gradient: inout MutableSpan<Element>
  ) {
    guard l2 > 0 else { return }
    for i in 0..<weights.count { gradient[i] += Element(l2) * weights[i] }
  }

  /// The soft threshold of each weight, then of each group as a block. With steps tᵢ the minimiser of a block w is
  /// uᵢ = wᵢ·r/(r + price·tᵢ) with r = ‖u‖; of one step t that is w·(1 − price·t/‖w‖), or 0.
  public func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, steps: Span<Element>
  ) {
    forEachGroup(shape) { places, price in
      let prices = places.map { price * Double(steps[$0]) }
      let w = places.map { softThreshold(Double(weights[$0]), l1 * Double(steps[$0])) }
      let r = Self.length(w, prices)
      for (k, i) in places.enumerated() { weights[i] = r > 0 ? Element(w[k] * (r / (r + prices[k]))) : 0 }
    }
  }

  /// The root r of Σ wᵢ²/(r + pᵢ)² = 1, which falls with r; 0 where it is below 1 already there.
  private static func length(_ w: [Double], _ prices: [Double]) -> Double {
    let norm = w.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let (least, most) = (prices.min() ?? 0, prices.max() ?? 0)
    guard norm > least else { return 0 }
    guard least < most else { return norm - most }
    func excess(_ r: Double) -> Double {
      zip(w, prices).reduce(-1) { $0 + ($1.0 == 0 ? 0 : $1.0 * $1.0 / ((r + $1.1) * (r + $1.1))) }
    }
    guard excess(0) > 0 else { return 0 }
    var (low, high) = (max(0, norm - most), norm - least)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
    return high
  }

  /// The places of each group's weights, and what its norm costs.
  func forEachGroup(_ shape: WeightShape, _ body: (_ places: [Int], _ price: Double) -> Void) {
    for g in 0..<(members.isEmpty ? shape.inputs : members.count) {
      let features = members.isEmpty ? [g] : members[g]
      let places = (0..<shape.outputs).flatMap { c in features.map { c * shape.inputs + $0 } }
      body(places, strength * Double(places.count).squareRoot())
    }
  }
}
