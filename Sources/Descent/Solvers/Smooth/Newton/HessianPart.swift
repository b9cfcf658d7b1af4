internal import LinearAlgebra

/// Some rows' share of Σ dᵢ·(xᵢ, 1)(xᵢ, 1)ᵀ, the features less a centre. One thread at a time has it.
final class HessianPart<Element: KernelScalar>: @unchecked Sendable {
  private let range: Range<Int>
  private let hasBias: Bool
  private let centre: [Element]
  /// The upper triangle of Σ d·x·xᵀ, `[features, features]`.
  private var gram: Matrix<Element>
  /// Σ d·x and Σ x², `[features]`
  private var sums, squares: [Double]
  /// Σ d
  private var total = 0.0

  private static var block: Int { 256 }

  /// - Parameter range: which of the rows that it is shown.
  init(_ range: Range<Int>, hasBias: Bool, centre: [Element]) {
    (self.range, self.hasBias, self.centre) = (range, hasBias, centre)
    gram = Matrix(rows: centre.count, columns: centre.count)
    sums = Array(repeating: 0, count: centre.count)
    squares = sums
  }

  func compute(_ features: any FeatureStorage, _ indices: [Int], _ curvature: [Element]) {
    let width = centre.count
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.block) {
      let some = start..<min(start + Self.block, range.upperBound)
      var rows = Matrix<Element>(rows: some.count, columns: width)
      rows.withMutableElements {
        features.gather(Array(indices[some]).span, into: &$0)
        total += weigh(&$0, less: centre, by: curvature[some], &sums, &squares)
      }
      gram.withMutableElements {
        syrk(.transposed, n: width, k: some.count, rows.elements.span, beta: 1, into: &$0)
      }
    }
  }

  /// What the rank that has computed it has.
  func take(from rank: Int, among ranks: Ranks) {
    let all = ranks.spread(sums + squares + [total], from: rank)
    (sums, squares) = (Array(all[..<sums.count]), Array(all[sums.count..<2 * sums.count]))
    total = all[2 * sums.count]
    gram = Matrix(
      rows: gram.rows, columns: gram.columns, elements: ranks.spread(Array(gram.elements), from: rank))
  }

  /// Adds the sums of the rows that follow.
  func add(_ next: HessianPart) {
    let more = next.gram.elements
    gram.withMutableElements { axpy(1, more.span, into: &$0) }
    for j in sums.indices {
      sums[j] += next.sums[j]
      squares[j] += next.squares[j]
    }
    total += next.total
  }

  /// What these rows' mean squares are too small by, where they know of less than a half.
  func lacking(of whole: [Double], rows: Int) -> [Double] {
    zip(whole, squares).map { whole, sum in
      let own = sum / Double(max(1, rows))
      return own < 0.5 * whole ? whole - own : 0
    }
  }

  /// The mean over rows that count for `count`, `[features + 1, features + 1]`, of which the upper triangle is set.
  ///
  /// - Parameters:
  ///   - ridge: added to the diagonal, relative to its mean.
  ///   - diagonal: added for a feature.
  func hessian(of count: Double, ridge: Double, diagonal: (Int) -> Double) -> Matrix<Element> {
    let width = centre.count
    let trace = (0..<width).reduce(0.0) { $0 + Double(gram[$1, $1]) } / count
    let floor = ridge * max(trace / Double(max(1, width)), Double(Element.leastNormalMagnitude))
    var result = Matrix<Element>(rows: width + 1, columns: width + 1)
    let scale = Element(1 / count)
    for i in 0..<width {
      for j in i..<width { result[i, j] = scale * gram[i, j] }
      result[i, i] += Element(diagonal(i) + floor)
      result[i, width] = hasBias ? Element(sums[i] / count) : 0
    }
    result[width, width] =
      hasBias ? Element(total / count * (1 + ridge) + Double(Element.leastNormalMagnitude)) : 1
    return result
  }
}

/// Takes the centre off each row and multiplies it by the root of its curvature; adds to Σ d·x and Σ x², and returns Σ d.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func weigh<Element: KernelScalar>(
  _ rows: inout MutableSpan<Element>, less centre: [Element], by curvature: ArraySlice<Element>,
  _ sums: inout [Double], _ squares: inout [Double]
) -> Double {
  let width = centre.count
  var total = 0.0
  for (i, d) in curvature.enumerated() {
    let (root, weight) = (max(0, d).squareRoot(), Double(max(0, d)))
    total += weight
    for j in 0..<width {
      let x = rows[i * width + j] - centre[j]
      sums[j] += weight * Double(x)
      squares[j] += Double(x) * Double(x)
      rows[i * width + j] = root * x
    }
  }
  return total
}
