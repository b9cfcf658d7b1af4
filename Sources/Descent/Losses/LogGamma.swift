internal import Foundation

/// ln Γ(x), x > 0. (DLMF 5.11.1 and 5.5.1.)
func logGamma(_ x: Double) -> Double {
  if x < 16 { return log(tgamma(x)) }
  return (x - 0.5) * log(x) - x + 0.5 * log(2 * .pi) + stirling(x)
}

/// What Stirling's formula lacks of ln Γ(x), for x of 16 and more.
func stirling(_ x: Double) -> Double {
  let z = 1 / (x * x)
  return (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188))))) / x
}
