internal import LinearAlgebra

/// Least squares without a penalty by QR of the centred rows themselves, their columns brought to one length: the normal
/// equations would square the condition number. Refined by ``LeastSquaresRefinement`` where that number asks for it.
///
/// 4·rows·features² operations on rows that are in memory at once. A feature that is constant has the weight 0. Throws
/// where features depend on each other, so that the solution is one of many.
/// (Golub and Van Loan, Matrix Computations, sections 5.3.3 and 5.3.8; van der Sluis, Condition numbers and equilibration
/// of matrices, Numer. Math. 14, 1969: one length is within √features of the best scaling.)
struct LeastSquaresFactor: RidgeFactor {
  let qr: QR<Double>
  /// The features that vary, and the lengths of their centred columns.
  let columns: [Int]
  let lengths: [Double]
  let means: [Double]
  private(set) var weights: Matrix<Double>
  let condition: Double
  private let rows: Int
  var rank: Int? { columns.count }

  /// Below this condition number of the rows Double loses few digits.
  private static var harmless: Double { 100 }

  var hopelessCondition: Double? {
    let number = condition.squareRoot()
    return number * .ulpOfOne > 1e-3 ? number : nil
  }

  init(_ rows: CentredRows<Double>, _ targets: CentredTargets) throws(FactorizationError) {
    self.rows = rows.rows
    means = rows.means
    let x = rows.centred().transposed
    let norms = (0..<x.rows).map { norm2(x[row: $0].span) }
    // What differs at all does so by half an ulp and more; less is what rounding left of a constant's mean.
    columns = norms.indices.filter { norms[$0] > 0.25 * .ulpOfOne * abs(rows.means[$0]) }
    lengths = columns.map { norms[$0] }
    qr = try QR(x.rows(at: columns).dividingRows(by: lengths).transposed)
    let values = try SVD(qr.r)
    guard values.rank == columns.count else {
      throw .rankDeficient(column: values.rank, columns: columns.count)
    }
    condition = values.condition * values.condition
    weights = Matrix(rows: targets.outputs, columns: means.count)
    let solution = qr.solve(targets.centred(as: Double.self)).dividingRows(by: lengths)
    weights = spread(solution)
    guard values.condition > Self.harmless else { return }
    let refined = LeastSquaresRefinement(self, rows, targets).weights
    if refined.elements.allSatisfy(\.isFinite) { weights = refined }
  }

  /// R·A⁻¹ with A = (1/n)·X̃ᵀX̃: two triangular systems.
  func solve(_ residual: Matrix<Double>) -> Matrix<Double> {
    var right = residual.transposed.rows(at: columns).dividingRows(by: lengths)
    let (order, count, scale) = (columns.count, right.columns, Double(rows))
    right.withMutableElements { x in
      trsm(.transposed, n: order, rightHandSides: count, qr.r.elements.span, into: &x)
      trsm(.none, n: order, rightHandSides: count, qr.r.elements.span, into: &x)
      for i in 0..<x.count { x[i] *= scale }
    }
    return spread(right.dividingRows(by: lengths))
  }

  /// `[columns, outputs]` as weights `[outputs, features]`.
  func spread(_ solution: Matrix<Double>) -> Matrix<Double> {
    var result = Matrix<Double>(rows: solution.columns, columns: means.count)
    for (i, j) in columns.enumerated() { for c in 0..<solution.columns { result[c, j] = solution[i, c] } }
    return result
  }
}

extension Matrix<Double> {
  /// Row j over `divisors[j]`.
  func dividingRows(by divisors: [Double]) -> Matrix {
    var result = self
    let width = columns
    result.withMutableElements { x in for i in 0..<x.count { x[i] /= divisors[i / width] } }
    return result
  }
}
