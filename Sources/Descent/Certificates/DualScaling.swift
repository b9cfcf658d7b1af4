/// The best multiple of a dual point.
///
/// The domain of the dual is convex and holds 0, so that with θ it holds t·θ for every t in 0...1, and
/// D(t·θ) is concave in t. With kinks in the penalty the point itself may lie outside the domain, as that of l1 is the box
/// |V| ≤ l1, or pay for what juts out of it.
enum DualScaling {
  /// The largest of `value` at multiples from 0 to `most`: by golden section, unless it still rises at `most`.
  /// Whatever the search does, it returns a value that was taken. (Kiefer 1953.)
  static func maximum(upTo most: Double, _ value: (Double) -> Double) -> Double {
    let end = value(most)
    var best = end
    func seen(_ t: Double) -> Double {
      let result = value(t)
      best = max(best, result)
      return result
    }
    guard seen(most * (1 - 1e-4)) >= end else { return best }
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (0.0, most)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (seen(left), seen(right))
    for _ in 0..<25 {
      if atLeft > atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = seen(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = seen(right)
      }
    }
    return best
  }
}
