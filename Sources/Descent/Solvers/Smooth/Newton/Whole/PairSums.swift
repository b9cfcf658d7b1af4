internal import LinearAlgebra

/// Σᵢ wᵢₖ·zᵢzᵢᵀ over some rows for several weights k at once, z = (1, the row less its usual values).
///
/// The weights go with the full columns into one product, `[pairs·full, rows]` by `[rows, full]`; what is not usual in
/// the rare columns is added one by one to long rows. One thread at a time has it.
final class PairSums: @unchecked Sendable {
  private let columns: UsualValues
  private let width: Int
  private let pairs: Int
  /// Full columns, and the one of ones before them.
  private let size: Int
  /// `[pairs·size, size]`
  private var full: [Double]
  /// `[rare, pairs·size]`
  private var mixed: [Double]
  /// The lower triangle of `[rare, rare]`, `[pairs]` each.
  private var rare: [Double]
  private var z: [Double]
  private var weighted: [Double]
  /// A row's numbers that are not usual, so far.
  private var found: [(rare: Int, value: Double)]
  /// Rows that ``add(_:_:weights:)`` takes at the most.
  let mostRows: Int

  /// Numbers of sums.
  static func count(_ columns: UsualValues, pairs: Int) -> Int {
    let (size, rare) = (columns.full.count + 1, columns.rare.count)
    return pairs * (size * size + rare * size + rare * (rare + 1) / 2)
  }

  init(_ columns: UsualValues, pairs: Int) {
    (self.columns, self.pairs) = (columns, pairs)
    width = columns.values.count
    size = columns.full.count + 1
    let rare = columns.rare.count
    full = Array(repeating: 0, count: pairs * size * size)
    mixed = Array(repeating: 0, count: rare * pairs * size)
    self.rare = Array(repeating: 0, count: rare * (rare + 1) / 2 * pairs)
    mostRows = max(16, min(256, 32_768 / (pairs * size) / 8 * 8))
    found = Array(repeating: (0, 0), count: rare)
    z = Array(repeating: 0, count: mostRows * size)
    weighted = Array(repeating: 0, count: mostRows * size * pairs)
  }

  /// Adds rows `[rows, width]` with weights `[rows, pairs]`. Rows whose weights are all 0, as most of the hinge's, cost nothing.
  func add(_ rows: Int, _ numbers: [Double], weights: [Double]) {
    let (size, pairs, length, width, columns) = (size, pairs, size * pairs, width, columns)
    numbers.withUnsafeBufferPointer { x in
      weights.withUnsafeBufferPointer { w in
        z.withUnsafeMutableBufferPointer { z in
          weighted.withUnsafeMutableBufferPointer { weighted in
            var used = 0
            for i in 0..<rows where (0..<pairs).contains(where: { w[i * pairs + $0] != 0 }) {
              z[used * size] = 1
              var p = used * size + 1
              for j in columns.full {
                z[p] = x[i * width + j] - columns.values[j]
                p += 1
              }
              for k in 0..<pairs {
                let (weight, to) = (w[i * pairs + k], used * length + k * size)
                for p in 0..<size { weighted[to + p] = weight * z[used * size + p] }
              }
              let start = used * length
              addRare(
                x.extracting(i * width..<(i + 1) * width), w.extracting(i * pairs..<(i + 1) * pairs),
                UnsafeBufferPointer(weighted.extracting(start..<start + length)))
              used += 1
            }
            full.withUnsafeMutableBufferPointer { full in
              var sums = full.mutableSpan
              gemm(
                .transposed, m: length, n: size, k: used, weighted.span.extracting(0..<used * length),
                z.span.extracting(0..<used * size), beta: 1, into: &sums)
            }
          }
        }
      }
    }
  }

  /// What is not usual in a row's rare columns, times the row.
  private func addRare(
    _ x: UnsafeBufferPointer<Double>, _ w: UnsafeBufferPointer<Double>,
    _ weighted: UnsafeBufferPointer<Double>
  ) {
    let (pairs, length) = (pairs, weighted.count)
    var count = 0
    for (r, j) in columns.rare.enumerated() {
      let value = x[j] - columns.values[j]
      guard value != 0 else { continue }
      found[count] = (r, value)
      count += 1
      mixed.withUnsafeMutableBufferPointer { mixed in
        let row = mixed.extracting(r * length..<(r + 1) * length)
        for p in 0..<length { row[p] += value * weighted[p] }
      }
      rare.withUnsafeMutableBufferPointer { rare in
        for other in found[..<count] {
          let (to, product) = ((r * (r + 1) / 2 + other.rare) * pairs, value * other.value)
          for k in 0..<pairs { rare[to + k] += product * w[k] }
        }
      }
    }
  }

  func add(_ other: PairSums) {
    func add(_ from: [Double], to sums: inout [Double]) {
      var span = sums.mutableSpan
      axpy(1, from.span, into: &span)
    }
    add(other.full, to: &full)
    add(other.mixed, to: &mixed)
    add(other.rare, to: &rare)
  }

  /// All of them, in a row.
  var numbers: [Double] {
    get { full + mixed + rare }
    set {
      let (first, second) = (full.count, full.count + mixed.count)
      (full, mixed) = (Array(newValue[..<first]), Array(newValue[first..<second]))
      rare = Array(newValue[second...])
    }
  }

  /// Where a column is among z, for ``value(_:_:_:)``: full ones first. The column of ones has the number of columns.
  var places: [Int] {
    var result = [Int](repeating: 0, count: width + 1)
    for (p, j) in columns.full.enumerated() { result[j] = p + 1 }
    for (r, j) in columns.rare.enumerated() { result[j] = size + r }
    return result
  }

  /// The sum of weight k at two places.
  func value(_ k: Int, _ a: Int, _ b: Int) -> Double {
    let (p, q) = (min(a, b), max(a, b))
    if q < size { return full[(k * size + p) * size + q] }
    let r = q - size
    if p < size { return mixed[(r * pairs + k) * size + p] }
    return rare[(r * (r + 1) / 2 + p - size) * pairs + k]
  }
}
