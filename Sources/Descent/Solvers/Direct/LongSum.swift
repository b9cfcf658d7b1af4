/// A sum of products in about twice the digits of Double.
/// (Ogita, Rump and Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26, 2005.)
struct LongSum {
  private var high = 0.0
  private var low = 0.0

  var value: Double { high + low }

  @inline(__always)
  mutating func add(_ x: Double) {
    let sum = high + x
    let part = sum - high
    low += (high - (sum - part)) + (x - part)
    high = sum
  }

  @inline(__always)
  mutating func add(_ x: Double, times y: Double) {
    let product = x * y
    add(product)
    low += (-product).addingProduct(x, y)
  }

  /// The sum and what Double cannot hold of it.
  var parts: (high: Double, low: Double) {
    let value = self.value
    var rest = self
    rest.add(-value)
    return (value, rest.value)
  }
}
