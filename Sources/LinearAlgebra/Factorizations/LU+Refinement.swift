/// Solutions with bounds of their errors.
public struct RefinedSolution<Element: Scalar>: Sendable {
  /// X, `[order, k]`.
  public let x: Matrix<Element>
  /// Of each column a bound of the largest error, relative to the largest number, that is nearly always true.
  public let forwardErrors: [Element]
  /// Of each column the least relative change of every number of A and b for which x is exact: a rounding is ideal.
  public let backwardErrors: [Element]
}

extension LU {
  /// X with A·X = B, refined by what is left of B until no number of A need be more than rounded for it.
  ///
  /// For rows or columns of very different size, of which ``solve(_:)`` serves the large ones only.
  ///
  /// - Parameters:
  ///   - b: right-hand sides, `[order, k]`.
  ///   - a: the matrix that was factored.
  /// - Complexity: about 10·order²·k operations. LAPACK `gerfs`, in the precision of the elements.
  public func solveRefined(_ b: Matrix<Element>, of a: Matrix<Element>) -> RefinedSolution<Element> {
    let (n, k) = (order, b.columns)
    require(b.rows == n, "right-hand sides of \(b.rows) rows for a matrix of order \(n)")
    require((a.rows, a.columns) == (n, n), "refining by \(a.rows) × \(a.columns) a matrix of order \(n)")
    var (a, x, columns) = (a, solve(b).transposed, b.transposed)
    var (forward, backward) = ([Element](repeating: 0, count: k), [Element](repeating: 0, count: k))
    guard n > 0, k > 0 else { return RefinedSolution(x: b, forwardErrors: forward, backwardErrors: backward) }
    // All to the size of the factors, as in solve.
    a.scale(byPowerOf2: exponent)
    columns.scale(byPowerOf2: exponent / 2)
    x.scale(byPowerOf2: exponent / 2 - exponent)
    var pivots = pivots
    prepareBLAS()
    _ = x.withMutablePointer { x in
      forward.withMutablePointer { forward in
        backward.withMutablePointer { backward in
          pivots.withMutablePointer { pivots in
            a.elements.span.withPointer { a in
              packed.elements.span.withPointer { factors in
                columns.elements.span.withPointer { b in
                  Element.gerfs(n, k, a, factors, pivots, b, x, forward, backward)
                }
              }
            }
          }
        }
      }
    }
    x.scale(byPowerOf2: exponent - exponent / 2)
    return RefinedSolution(x: x.transposed, forwardErrors: forward, backwardErrors: backward)
  }
}

extension Matrix {
  fileprivate mutating func scale(byPowerOf2 exponent: Int) {
    var span = elements.mutableSpan
    span.multiply(byPowerOf2: exponent)
  }
}
