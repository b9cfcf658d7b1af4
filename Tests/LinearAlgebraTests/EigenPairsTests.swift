import LinearAlgebra
import Testing

@Suite("Some eigenvalues are those of all")
struct EigenPairsTests {
  // LAPACK: dstt22, with the same values as from all of them.
  @Test(
    "by rank and by bounds: ‖A·v − λ·v‖/(n·‖A‖·ε), ‖I − V·Vᵀ‖/(n·ε)", arguments: precisions,
    MatrixKind.allCases)
  func pairs(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (ε, exponent) = (kind.rounding(E.self), kind.exponent(E.self))
      for n in sizes {
        let matrix: Matrix<E> = kind.symmetric(n, definite: false, E.self)
        let (a, all) = (
          matrix.exact(-exponent), try SymmetricEigen(matrix).values.map { Double($0).scaled(-exponent) }
        )
        let scale = Double(max(n, 1)) * a.norm
        func expect(_ found: EigenPairs<E>, _ wanted: ArraySlice<Double>) {
          let (v, values) = (found.vectors.exact(), found.values.map { Double($0).scaled(-exponent) })
          #expect((v.rows, v.columns, values.count) == (wanted.count, n, wanted.count))
          for (value, known) in zip(values, wanted) {
            #expect(ratio(abs(value - known), over: scale, ε) < 30)
          }
          // A·Vᵀ − Vᵀ·Λ
          let residual = (v * a).minus(.diagonal(values), v)
          #expect(ratio(residual.norm, over: scale, ε) < 30, "n \(n)")
          #expect(v.transposed.orthogonality(ε) < 30, "n \(n)")
        }
        for ranks in [0..<n, 0..<min(1, n), max(0, n - 2)..<n, n / 3..<n / 2] {
          expect(try SymmetricEigen.pairs(of: matrix, ranks: ranks), all[ranks])
        }
        #expect(try SymmetricEigen.values(of: matrix).count == n)
        for (value, known) in zip(try SymmetricEigen.values(of: matrix), all) {
          #expect(ratio(abs(Double(value).scaled(-exponent) - known), over: scale, ε) < 30, "n \(n)")
        }
        // In the widest gap, so that no rounding decides what lies below it.
        guard kind != .zero, let gap = zip(all, all.dropFirst()).max(by: { $0.1 - $0.0 < $1.1 - $1.0 }),
          gap.1 - gap.0 > 1e-3 * a.norm
        else { continue }
        let bound = E(((gap.0 + gap.1) / 2).scaled(exponent))
        let (least, most) = (-E.greatestFiniteMagnitude / 4, E.greatestFiniteMagnitude / 4)
        let below = try SymmetricEigen.pairs(of: matrix, above: least, upTo: bound)
        expect(below, all.prefix { $0 <= gap.0 })
        expect(try SymmetricEigen.pairs(of: matrix, above: bound, upTo: most), all.drop { $0 <= gap.0 })
      }
    }
    try check(type)
  }

  @Test("of symmetric matrices only the upper triangle is read") func triangle() throws {
    let a: Matrix<Double> = [[2, 1, 0], [.nan, 2, 1], [.nan, .nan, 2]]
    let root = 2.0.squareRoot()
    #expect(distance(try SymmetricEigen.values(of: a), [2 - root, 2, 2 + root]) < 8)
    #expect(distance(try SymmetricEigen.pairs(of: a, ranks: 2..<3).values, [2 + root]) < 8)
    #expect(distance(try SymmetricEigen.pairs(of: a, above: 0, upTo: 2.5).values, [2 - root, 2]) < 8)
  }
}
