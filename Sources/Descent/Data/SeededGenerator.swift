/// A random number generator that gives the same numbers for the same seed, on every machine.
///
/// SplitMix64: a counter through a mixing function, so that its whole state is one number that a
/// checkpoint can hold. (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA
/// 2014, figure 16.) Not for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable, Codable {
  /// The counter, which is all there is to save: generators of one state go on alike.
  public var state: UInt64

  /// The seed is the first ``state``; any will do, 0 as well.
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
