internal import Foundation

// How much of a distribution lies beyond a number: relative errors of a few 1e-13, also where little does.

/// P(|Z| > |z|) for the standard normal Z. (DLMF 7.17.)
func normalTails(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

/// P(|T| > |t|) for Student's T: I_x(ν/2, 1/2) with x = ν/(ν + t²). (Abramowitz and Stegun, 26.7.1.)
func studentTails(_ t: Double, degrees ν: Double) -> Double {
  let square = t * t
  guard square.isFinite else { return square.isNaN ? .nan : 0 }
  let (a, x, y) = (ν / 2, ν / (ν + square), square / (ν + square))
  if y == 0 { return 1 }
  // x^a·√y·Γ(a + ½)/(Γ(a)·√π): what both continued fractions are multiplied by.
  let front = exp(-a * log1p(square / ν)) * (y / .pi).squareRoot() * gammaRatio(a)
  if x < (a + 1) / (a + 2.5) { return front / betaFraction(a, 0.5, x, y) }
  return 1 - front / betaFraction(0.5, a, y, x)
}

/// The t that P(|T| > t) is `share` of, 0 < share < 1; of the normal distribution where `degrees` is nil.
func tailsQuantile(_ share: Double, degrees: Double?) -> Double {
  func tails(_ t: Double) -> Double { degrees.map { studentTails(t, degrees: $0) } ?? normalTails(t) }
  var (low, high) = (0.0, 1.0)
  while tails(high) > share { (low, high) = (high, 2 * high) }
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return high }
    if tails(middle) > share { low = middle } else { high = middle }
  }
}

/// The continued fraction of x^a·y^b/(B(a, b)·I_x(a, b)), y = 1 − x, which converges fast for x < (a + 1)/(a + b + 2): the even
/// part of DLMF 8.17.22. Unlike that it sees y, which x near 1 says little of.
/// (Didonato and Morris, Algorithm 708, ACM TOMS 18, 1992, eq. 9. Evaluated from the front by Lentz's method, modified by
/// Thompson and Barnett, J. Comput. Phys. 64, 1986.)
private func betaFraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  let lead = a * y - b * x + 1
  var value = kept(a * lead / (a + 1))
  var (c, d) = (value, 0.0)
  for step in 1...200_000 {
    let m = Double(step)
    let even = a + 2 * m - 1
    let over = (a + m - 1) / even * ((a + b + m - 1) / even) * m * (b - m) * x * x
    let under = m + m * (b - m) * x / even + (a + m) / (even + 2) * (lead + m * (1 + y))
    d = 1 / kept(under + over * d)
    c = kept(under + over / c)
    value *= c * d
    if abs(c * d - 1) < 1e-16 { break }
  }
  return value
}

/// Γ(a + ½)/Γ(a), a > 0, without the difference of two large logarithms. (Stirling's series: DLMF 5.11.1.)
private func gammaRatio(_ a: Double) -> Double {
  if a < 16 { return tgamma(a + 0.5) / tgamma(a) }
  return exp(a * log1p(0.5 / a) - 0.5 + stirling(a + 0.5) - stirling(a)) * a.squareRoot()
}
