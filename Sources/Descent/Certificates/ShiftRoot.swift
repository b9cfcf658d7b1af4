/// The search for the root of a function that rises, by its value and its derivative at one place after the other.
struct ShiftRoot {
  /// Where to look next.
  private(set) var shift = 0.0
  var isFound = false
  private var low = -Double.infinity
  private var high = Double.infinity
  private var reach = 1.0
  private var least = Double.infinity
  private var barren = 0
  /// The place with the smallest value so far.
  private(set) var best = 0.0

  /// Takes note of what was seen at ``shift``, and moves on: by a Newton step if that stays between the places that are
  /// known to lie to both sides, else to the middle, or twice as far as before where one side is open.
  mutating func step(slope: Double, curvature: Double) {
    guard !isFound else { return }
    barren = abs(slope) < 0.7 * least ? 0 : barren + 1
    if abs(slope) < least { (least, best) = (abs(slope), shift) }
    if slope > 0 { high = min(high, shift) } else { low = max(low, shift) }
    let (here, newton) = (shift, shift - slope / curvature)
    if curvature > 0, newton > low, newton < high, barren < 3 {
      shift = newton
    } else if low > -.infinity, high < .infinity {
      shift = low + (high - low) / 2
    } else {
      shift = slope > 0 ? here - reach : here + reach
      reach *= 2
    }
    // Two places that are next to each other leave nothing to look for.
    if shift == here || !shift.isFinite || barren > 80 { (shift, isFound) = (best, true) }
  }
}
