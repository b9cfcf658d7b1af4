/// How the penalty strength σ grows, and how well each inner problem is solved.
///
/// Two phases. While the gap is large σ stays small, so that the inner problems stay easy, and they are solved as
/// far as their gradient no longer costs the bound more than the multipliers do. Below a gap of 2e-4 that crawls:
/// there each inner problem is solved well, and σ grows.
struct AugmentedSchedule: Codable {
  private let margin: Double
  /// Whether the penalty has kinks: a bound is good only where the inner problem is solved.
  private let hasKinks: Bool
  /// σ at the most: it multiplies the rounding errors of the scores.
  private var most: Double
  /// σ, in units of 1/Δ: scaling the margin then only scales the parameters.
  private var relative = 0.3
  private var isFine = false
  private var outer = 0
  private var smallest = Double.infinity
  private var looksSince = 0
  private var gapAtOuter = Double.infinity

  init(margin: Double, rounding: Double, hasKinks: Bool) {
    (self.margin, self.hasKinks) = (margin, hasKinks)
    most = Self.mostStrength(rounding)
  }

  private static func mostStrength(_ rounding: Double) -> Double { rounding > 1e-10 ? 300 : 1e5 }

  /// From here on in a higher precision.
  mutating func refine(rounding: Double) {
    most = Self.mostStrength(rounding)
    (smallest, looksSince) = (.infinity, 0)
  }

  /// Whether a state's can be one of a descent.
  var isPlausible: Bool {
    plausibleCounts.contains(outer) && plausibleCounts.contains(looksSince) && relative > 0 && margin > 0
  }

  var strength: Double { relative / margin }
  /// Newton steps an inner problem; the first starts far away.
  var mostInner: Int { outer == 0 ? 99 : hasKinks ? 20 : 12 }
  var leastInner: Int { isFine ? 1 : 0 }
  /// How far conjugate gradients reduce the residual.
  var forcing: Double { isFine ? 1e-3 : 0.2 }
  /// How far the residual of a quadratic model with l1 is reduced.
  var proximalAccuracy: Double { isFine ? 1e-3 : 0.2 }
  var mostProducts: Int { isFine ? 200 : 100 }

  /// Whether the inner problem is solved well enough: `share` is what its gradient costs of the gap.
  func isSolved(share: Double, gap: Double) -> Bool {
    share <= (isFine ? 0.1 : 1) * max(0, gap - share)
  }

  /// To the next inner problem.
  mutating func advance(gap: Double) {
    outer += 1
    if gap < 2e-4 { isFine = true }
    // No progress: the multipliers move too little.
    let isSlow = gap > 0.9 * gapAtOuter
    if isSlow && relative >= 5 {
      relative = min(2 * relative, most)
    } else {
      relative = max(relative, min(1.5 * relative, isFine ? most : hasKinks ? 20 : 5))
    }
    gapAtOuter = gap
  }

  /// Takes note of a gap.
  mutating func note(_ gap: Double) {
    looksSince += 1
    if gap < 0.9 * smallest { (smallest, looksSince) = (gap, 0) }
  }

  /// Whether the gap has not become a tenth smaller for long.
  var isStalled: Bool { looksSince > 50 }

  /// Whether what is left of the gap in Float may be what rounding leaves.
  var isRefinable: Bool { smallest < 3e-6 || looksSince > 20 }
}
