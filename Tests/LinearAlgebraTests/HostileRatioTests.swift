import LinearAlgebra
import Testing

/// The routines beside LU and general eigenvalues, whose own suite has them, over ``HostileKind``.
@Suite("Residual ratios of hostile matrices are below 30")
struct HostileRatioTests {
  /// A kind's matrix, beside it brought to ordinary size in Double.
  private struct Hostile<E: Scalar> {
    let matrix: Matrix<E>
    let exponent: Int
    let exact: Matrix<Double>
    let ε = unit(E.self)
    let comment: Comment

    init(_ matrix: Matrix<E>, _ kind: HostileKind) {
      self.matrix = matrix
      exponent = kind.exponent(matrix)
      exact = matrix.exact(-exponent)
      comment = "n \(matrix.rows)"
    }

    /// The room of a factorisation's residual.
    var scale: Double { Double(max(matrix.rows, 1)) * exact.norm }

    func exact(_ values: some Sequence<E>) -> [Double] { values.map { Double($0).scaled(-exponent) } }

    var rightHandSides: Matrix<E> { Matrix.random(matrix.rows, 3, seed: 1).scaled(exponent) }

    /// A least-squares solution, unless the matrix is so near a singular one that there is none in this precision.
    func expectLeast(_ x: Matrix<E>, condition: E) {
      guard x.elements.allSatisfy(\.isFinite) else { return #expect(condition > 0.01 / E(ε), comment) }
      LinearAlgebraTests.expectLeast(exact, x, rightHandSides.exact(-exponent), ε, comment)
    }
  }

  @Test("‖A − Q·R‖, ‖I − Qᵀ·Q‖, ‖Aᵀ·(b − A·x)‖", arguments: precisions, HostileKind.allCases)
  func qr(_ type: any Scalar.Type, _ kind: HostileKind) throws {
    func check<E: Scalar>(_: E.Type, _ n: Int) throws {
      let given = Hostile(kind.matrix(n, E.self), kind)
      switch Result(catching: { () throws(FactorizationError) in try QR(given.matrix) }) {
      case .success(let qr):
        let (q, r) = (qr.q.exact(), qr.r.exact(-given.exponent))
        #expect(ratio(given.exact.minus(q, r).norm, over: given.scale, given.ε) < 30, given.comment)
        #expect(q.orthogonality(given.ε) < 30, given.comment)
        given.expectLeast(qr.solve(given.rightHandSides), condition: qr.condition)
      case .failure(.rankDeficient(let column, _)):
        // This column is one of those before it, to rounding, once each has length 1.
        var leading = given.exact.leading(column + 1)
        for j in 0...column {
          let length = leading.columnMatrix(j).elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
          for i in 0..<n where length > 0 { leading[i, j] /= length }
        }
        let least = try #require(try SVD(leading).singularValues.last)
        #expect(least <= 21 * Double(n).squareRoot() * given.ε, given.comment)
      case .failure(let error): throw error
      }
    }
    for n in sizes { try check(type, n) }
  }

  @Test("‖A·P − Q·R‖, ‖I − Qᵀ·Q‖, the diagonal falls", arguments: precisions, HostileKind.allCases)
  func pivotedQR(_ type: any Scalar.Type, _ kind: HostileKind) throws {
    func check<E: Scalar>(_: E.Type, _ n: Int) throws {
      let given = Hostile(kind.matrix(n, E.self), kind)
      let qr = try PivotedQR(given.matrix)
      let ordered = given.exact.transposed.rows(at: qr.permutation).transposed
      let (q, r) = (qr.q.exact(), qr.r.exact(-given.exponent))
      #expect(ratio(ordered.minus(q, r).norm, over: given.scale, given.ε) < 30, given.comment)
      #expect(q.orthogonality(given.ε) < 30, given.comment)
      let diagonal = r.diagonal.map { abs($0) }
      for (next, last) in zip(diagonal.dropFirst(), diagonal) { #expect(next <= last * (1 + 30 * given.ε)) }
      if qr.rank == n { given.expectLeast(qr.solve(given.rightHandSides), condition: qr.condition) }
    }
    for n in sizes { try check(type, n) }
  }

  @Test("‖A − U·Σ·Vᵀ‖, ‖I − Uᵀ·U‖, ‖I − V·Vᵀ‖", arguments: precisions, HostileKind.allCases)
  func svd(_ type: any Scalar.Type, _ kind: HostileKind) throws {
    func check<E: Scalar>(_: E.Type, _ n: Int) throws {
      let given = Hostile(kind.matrix(n, E.self), kind)
      for vectors in [SVD<E>.Vectors.thin, .full] {
        let svd = try SVD(given.matrix, vectors: vectors)
        let (u, vT, values) = (svd.u.exact(), svd.vTransposed.exact(), given.exact(svd.singularValues))
        let residual = given.exact.minus(u, diagonal: values, vT).norm
        #expect(ratio(residual, over: given.scale, given.ε) < 30, given.comment)
        #expect(u.orthogonality(given.ε) < 30 && vT.transposed.orthogonality(given.ε) < 30, given.comment)
        #expect(values == values.sorted(by: >) && values.allSatisfy { $0 >= 0 }, given.comment)
        given.expectLeast(svd.solve(given.rightHandSides), condition: svd.condition)
      }
    }
    for n in sizes { try check(type, n) }
  }

  @Test("‖A − Vᵀ·Λ·V‖, ‖I − V·Vᵀ‖, and some of the pairs", arguments: precisions, HostileKind.allCases)
  func symmetricEigen(_ type: any Scalar.Type, _ kind: HostileKind) throws {
    func check<E: Scalar>(_: E.Type, _ n: Int) throws {
      var matrix = kind.matrix(n, E.self)
      for i in 0..<n { for j in 0..<i { matrix[i, j] = matrix[j, i] } }
      let (given, eigen) = (Hostile(matrix, kind), try SymmetricEigen(matrix))
      let (v, values) = (eigen.vectors.exact(), given.exact(eigen.values))
      let residual = given.exact.minus(v.transposed, diagonal: values, v).norm
      #expect(ratio(residual, over: given.scale, given.ε) < 30, given.comment)
      #expect(v.transposed.orthogonality(given.ε) < 30, given.comment)
      for ranks in [0..<n, n / 3..<n / 2] {
        let some = try SymmetricEigen.pairs(of: matrix, ranks: ranks)
        let (v, found) = (some.vectors.exact(), given.exact(some.values))
        let residual = (v * given.exact).minus(.diagonal(found), v).norm
        #expect(ratio(residual, over: given.scale, given.ε) < 30, given.comment)
        for (value, known) in zip(found, values[ranks]) {
          #expect(ratio(abs(value - known), over: given.scale, given.ε) < 30, given.comment)
        }
      }
    }
    for n in sizes { try check(type, n) }
  }

  /// Definite ones: D·S·D of a definite S and a diagonal D as uneven as the kind's rows, and Hilbert's.
  @Test(
    "‖A − Uᵀ·U‖ and ‖b − A·x‖", arguments: precisions,
    [HostileKind.hilbert, .gradedRows, .huge, .tiny, .mixedRows])
  func cholesky(_ type: any Scalar.Type, _ kind: HostileKind) throws {
    func check<E: Scalar>(_: E.Type, _ n: Int) throws {
      var matrix =
        kind == .hilbert
        ? kind.matrix(n, E.self) : MatrixKind.wellConditioned.symmetric(n, definite: true, E.self)
      let far = E.self == Float.self ? 30 : 250
      for i in 0..<n where kind != .hilbert {
        for j in 0..<n {
          let exponent =
            switch kind {
            case .huge: 2 * far
            case .tiny: -2 * far
            case .mixedRows: (i % 2 == 0 ? far : -far) + (j % 2 == 0 ? far : -far)
            default: -i - j
            }
          matrix[i, j] = E(Double(matrix[i, j]).scaled(exponent))
        }
      }
      let given = Hostile(matrix, kind)
      switch Result(catching: { () throws(FactorizationError) in try Cholesky(matrix) }) {
      case .success(let factor):
        // Half of the exponent each; an odd one leaves a factor of 2 to one of them.
        let half = given.exponent / 2
        let (left, right) = (factor.factor.exact(-half), factor.factor.exact(half - given.exponent))
        #expect(
          ratio(given.exact.minus(left.transposed, right).norm, over: given.scale, given.ε) < 30,
          given.comment)
        let x = factor.solve(given.rightHandSides)
        guard x.elements.allSatisfy(\.isFinite) else {
          return #expect(factor.condition > 0.01 / E(given.ε), given.comment)
        }
        expectSolves(given.exact, x, given.rightHandSides.exact(-given.exponent), given.ε, given.comment)
      case .failure(.notPositiveDefinite(let minor, _)):
        let least = try #require(try SymmetricEigen(given.exact.rows(0..<minor).leading(minor)).values.first)
        #expect(least <= 30 * Double(n) * given.ε * given.exact.norm, given.comment)
      case .failure(let error): throw error
      }
    }
    for n in sizes { try check(type, n) }
  }
}
