/// From numbers to colours: blue below zero, light grey at zero, red above, the same strength on both sides.
///
/// Both ends have the same lightness and chroma, and the way there is a straight line in Oklab, so that
/// -x and x stand out alike. Blue and red stay apart for the colour-blind.
struct DivergingScale {
  /// The number drawn in the full colour; numbers beyond it, too.
  let limit: Double
  /// Whether the numbers drawn go beyond the limit.
  let clips: Bool

  private static let zero = Oklab(lightness: 0.975, chroma: 0, hue: 0)
  private static let positive = Oklab(lightness: 0.48, chroma: 0.165, hue: 30)
  private static let negative = Oklab(lightness: 0.48, chroma: 0.165, hue: 258)

  /// A scale up to `limit`, or else up to the largest of the finite numbers.
  init(of numbers: some Sequence<Double>, limit: Double? = nil) {
    let largest = numbers.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    self.limit = limit ?? largest
    clips = largest > self.limit
  }

  /// What is not a number has a grey of its own, darker than zero's.
  func colour(of number: Double) -> Colour {
    if number.isNaN { return Colour(0x8C, 0x8C, 0x8C) }
    let strength = limit > 0 ? min(number.magnitude / limit, 1) : 0
    return Colour(Self.zero.mixed(with: number < 0 ? Self.negative : Self.positive, strength))
  }
}
