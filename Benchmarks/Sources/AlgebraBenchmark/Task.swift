import AlgebraInC
import LinearAlgebra

/// A task on an n×n matrix, by several ways.
struct AlgebraTask {
  enum Way: String, CaseIterable {
    case c = "C", library = "LinearAlgebra", naive = "naive Swift", numpy = "NumPy"
  }

  /// The task's name, which the worker in Python knows too.
  let name: String
  let n: Int
  /// Does the task once; leaves numbers that do not depend on the way.
  let ways: [(way: Way, run: () -> [Double])]

  /// Whether naive loops end in a reasonable time.
  static func isForNaive(_ n: Int) -> Bool { n <= 256 }

  static func all(_ n: Int) -> [AlgebraTask] { [gemm(n), solve(n), qr(n), svd(n), eigen(n)] }

  /// Numbers between −1 and 1, the same for the same seed.
  static func random(_ n: Int, seed: UInt64) -> Matrix<Double> {
    var state = seed
    return Matrix(rows: n, columns: n) { numbers in
      for i in numbers.indices {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        numbers.initializeElement(at: i, to: Double(Int64(bitPattern: state) >> 11) * 0x1p-52)
      }
    }
  }

  private static func gemm(_ n: Int) -> AlgebraTask {
    let (a, b) = (random(n, seed: 1), random(n, seed: 2))
    var (c, product) = ([Double](repeating: 0, count: n * n), a)
    return AlgebraTask(
      name: "gemm", n: n,
      ways: [
        (
          .c,
          {
            a.elements.withUnsafeBufferPointer { a in
              b.elements.withUnsafeBufferPointer { b in c_gemm(Int32(n), a.baseAddress, b.baseAddress, &c) }
            }
            return [c[0], c[n * n - 1]]
          }
        ),
        (
          .library,
          {
            product.formProduct(a.view, b.view)
            return [product[0, 0], product[n - 1, n - 1]]
          }
        ),
        (
          .naive,
          {
            let product = Naive.multiply(a, b)
            return [product[0, 0], product[n - 1, n - 1]]
          }
        ),
      ])
  }

  private static func solve(_ n: Int) -> AlgebraTask {
    let (a, b) = (random(n, seed: 1) + Matrix.identity(n) * 2, Array(random(n, seed: 2).elements.prefix(n)))
    var (pivots, x) = ([Int32](repeating: 0, count: n), b)
    return AlgebraTask(
      name: "solve", n: n,
      ways: [
        (
          .c,
          {
            var copy = Array(a.elements)
            x = b
            precondition(c_solve(Int32(n), 1, &copy, &pivots, &x) == 0)
            return [x[0], x[n - 1]]
          }
        ),
        (
          .library,
          {
            let x = try! a.solve(b)
            return [x[0], x[n - 1]]
          }
        ),
        (
          .naive,
          {
            let x = Naive.solve(a, b)
            return [x[0], x[n - 1]]
          }
        ),
      ])
  }

  private static func qr(_ n: Int) -> AlgebraTask {
    let a = random(n, seed: 1)
    return AlgebraTask(
      name: "qr", n: n,
      ways: [
        (
          .c,
          {
            var (q, r, tau) = (Array(a.elements), a, [Double](repeating: 0, count: n))
            r.withMutableElements { span in
              span.withUnsafeMutableBufferPointer {
                precondition(c_qr(Int32(n), &q, $0.baseAddress, &tau) == 0)
              }
            }
            return [abs(r[0, 0]), abs(r[n - 1, n - 1])]
          }
        ),
        (
          .library,
          {
            let r = try! QR(a, tolerance: 0).r
            return [abs(r[0, 0]), abs(r[n - 1, n - 1])]
          }
        ),
      ])
  }

  private static func svd(_ n: Int) -> AlgebraTask {
    let a = random(n, seed: 1)
    return AlgebraTask(
      name: "svd", n: n,
      ways: [
        (
          .c,
          {
            var (copy, s) = (Array(a.elements), [Double](repeating: 0, count: n))
            var (u, vt) = ([Double](repeating: 0, count: n * n), [Double](repeating: 0, count: n * n))
            precondition(c_svd(Int32(n), &copy, &s, &u, &vt) == 0)
            return [s[0], s[n - 1]]
          }
        ),
        (
          .library,
          {
            let s = try! SVD(a).singularValues
            return [s[0], s[n - 1]]
          }
        ),
      ])
  }

  private static func eigen(_ n: Int) -> AlgebraTask {
    let half = random(n, seed: 1)
    let a = half + half.transposed
    return AlgebraTask(
      name: "eigen", n: n,
      ways: [
        (
          .c,
          {
            var (copy, w) = (Array(a.elements), [Double](repeating: 0, count: n))
            precondition(c_eigen(Int32(n), &copy, &w) == 0)
            return [w[0], w[n - 1]]
          }
        ),
        (
          .library,
          {
            let w = try! SymmetricEigen(a).values
            return [w[0], w[n - 1]]
          }
        ),
      ])
  }
}
