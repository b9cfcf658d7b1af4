/// How large a matrix is, by one of the customary measures.
public enum Norm: Sendable, CaseIterable {
  /// The largest sum of magnitudes of a column.
  case one
  /// The largest sum of magnitudes of a row.
  case infinity
  /// The root of the sum of all squares.
  case frobenius
  /// The largest singular value.
  case spectral
}

extension Matrix {
  /// The norm; 0 of an empty matrix. A NaN anywhere makes it NaN, an infinity without NaN infinite.
  ///
  /// - Complexity: rows·columns operations, but those of ``singularValues()`` for the spectral norm.
  public func norm(_ kind: Norm) -> Element {
    switch kind {
    case .one: largest(of: map(abs).sumOfRows)
    case .infinity: largest(of: map(abs).sumsOfRows)
    case .frobenius: norm2(elements.span)
    case .spectral:
      // Without an answer of LAPACK's, that of a norm which bounds it: NaN and infinity pass.
      (try? singularValues()).map { $0.first ?? 0 } ?? norm(.frobenius)
    }
  }

  private func largest(of sums: [Element]) -> Element {
    sums.contains(where: \.isNaN) ? .nan : sums.max() ?? 0
  }
}
