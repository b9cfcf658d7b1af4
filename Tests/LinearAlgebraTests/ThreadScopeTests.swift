import LinearAlgebra
import Testing

@Suite("The number of BLAS threads is set once, or for a scope")
struct ThreadScopeTests {
  // Each in a process of its own: the number is the process's.
  @Test("scopes of several tasks take turns, and leave what was") func scopes() async {
    await #expect(processExitsWith: .success) {
      try #require(BLAS.threads == 1)
      guard BLAS.threading != .none else { return }
      let (a, x) = (Matrix<Double>.random(60, 60, seed: 1), Matrix<Double>.random(60, 1, seed: 2))
      let wanted = a * x
      await withTaskGroup(of: Bool.self) { group in
        for task in 0..<40 {
          group.addTask {
            let count = 1 + task % 3
            return withBLASThreads(count) {
              let nested = withBLASThreads(2) { BLAS.threads == 2 && isSet(2) }
              let before = BLAS.threads == count && isSet(count)
              let isRight = distance(a * x, wanted) < 60
              return nested && before && isRight && BLAS.threads == count && isSet(count)
            }
          }
        }
        for await isRight in group { if !isRight { fatalError("a scope saw another's number") } }
      }
      try #require(BLAS.threads == 1 && isSet(1))
    }
  }

  @Test("calls of several tasks at a time give what one gives") func together() async throws {
    let a = Matrix<Double>.random(60, 60, seed: 1)
    @Sendable func numbers() throws -> [Double] {
      let pairs = try SymmetricEigen.pairs(of: a, ranks: 2..<20)
      return Array((a * a).elements) + pairs.values + (try a.solve(a.transposed)).elements
    }
    let wanted = try numbers()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { try (0..<100).allSatisfy { _ in try numbers() == wanted } } }
      for try await areRight in group { #expect(areRight) }
    }
  }

  @Test("a body that throws leaves what was") func throwing() async {
    await #expect(processExitsWith: .success) {
      let singular = Matrix<Double>(rows: 3, columns: 3)
      do throws(FactorizationError) {
        _ = try withBLASThreads(2) { () throws(FactorizationError) in try singular.inverse() }
        fatalError("the zero matrix has an inverse")
      } catch { try #require(error == .singular(row: 0, order: 3)) }
      try #require(BLAS.threads == 1)
    }
  }

  @Test("a number set once holds for all that follows") func once() async {
    await #expect(processExitsWith: .success) {
      guard BLAS.threading != .none else { return }
      BLAS.threads = 2
      let a = Matrix<Double>.random(30, 30, seed: 1)
      _ = try a.inverse() * a
      try #require(BLAS.threads == 2 && isSet(2))
      let elsewhere = await Task.detached { BLAS.threads == 2 && isSet(2) }.value
      try #require(elsewhere)
      withBLASThreads(1) { _ = a * a }
      try #require(BLAS.threads == 2 && isSet(2))
    }
  }
}

/// Whether OpenBLAS, where that is what runs, has been told this number.
private func isSet(_ count: Int) -> Bool { BLAS.threading != .pthreads || Int(threads()) == count }
