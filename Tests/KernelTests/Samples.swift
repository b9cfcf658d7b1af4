/// SplitMix64 (Steele, Lea, Flood 2014): a seed gives the same samples everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Rows of scores with labels and target distributions.
struct Sample<T: KernelElement> {
  var rows: Int
  var columns: Int
  var scores: [T]
  var labels: [Int32]
  var targets: [T]

  init(rows: Int, columns: Int, spread: Double, seed: UInt64 = 1) {
    var random = SplitMix(seed)
    self.rows = rows
    self.columns = columns
    scores = (0..<rows * columns).map { _ in T(Double.random(in: -spread...spread, using: &random)) }
    labels = (0..<rows).map { _ in Int32.random(in: 0..<Int32(columns), using: &random) }
    targets = (0..<rows * columns).map { _ in T(Double.random(in: 0...1, using: &random)) }
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let sum = targets[range].reduce(0, +)
      for i in range { targets[i] = i % 3 == 0 && columns > 3 ? 0 : targets[i] / sum }
    }
  }

  /// Room for a value a row, and for one more, which no kernel may touch.
  var room: [Double] { Array(repeating: -1, count: rows + 1) }

  func taken(_ values: [Double]) -> [Double] {
    precondition(values[rows] == -1, "a kernel wrote beyond the values")
    return Array(values[..<rows])
  }

  func row(_ i: Int) -> [Double] { scores[i * columns..<(i + 1) * columns].map(Double.init) }
  func target(_ i: Int) -> [Double] { targets[i * columns..<(i + 1) * columns].map(Double.init) }
}

/// Below and above each width at which the kernels change their ways.
let shapes: [(rows: Int, columns: Int)] = [1, 2, 3, 4, 5, 8, 10, 16, 17, 64, 65, 100, 1000].flatMap {
  columns in
  [1, 3, 8, 16, 17, 37].map { (rows: $0, columns: columns) }
}

/// |a − b| within `ulps` units of T at the scale of the larger of |b| and `floor`.
func close<T: KernelElement>(_ a: Double, _ b: Double, _: T.Type, ulps: Double, floor: Double) -> Bool {
  a == b || abs(a - b) <= ulps * Double(T.ulpOfOne) * max(abs(b), floor)
}
