import Foundation
import LinearAlgebra
import Testing

@Suite("OpenBLAS runs on one thread from the first call on")
struct ThreadTests {
  // Each entry in a process of its own, where OpenBLAS has been told to use two threads.
  @Test(arguments: [
    "gemm", "gemv", "ger", "syrk", "trsm", "axpy", "scale", "dot", "norm2", "norm1", "largest", "Cholesky",
    "QR", "SVD", "SymmetricEigen", "LU", "PivotedQR", "GeneralEigen", "pairs", "values", "singular", "trmm",
    "view",
  ])
  func entry(_ name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      // Other libraries have no such number, or one for each thread. The library under test is not to be asked first.
      guard parallel() == 1 else { return }
      setThreads(2)
      try #require(threads() == 2)
      try call(name)
      try #require(threads() == 1)
    }
  }
}

private func call(_ name: String) throws {
  let ones: [Double] = [1, 1]
  var storage: [Double] = [1, 1]
  var out = storage.mutableSpan
  switch name {
  case "gemm": gemm(m: 1, n: 1, k: 2, ones.span, ones.span, into: &out)
  case "gemv": gemv(rows: 1, columns: 2, ones.span, ones.span, into: &out)
  case "ger": ger([1].span, ones.span, into: &out)
  case "syrk": syrk(n: 1, k: 2, ones.span, into: &out)
  case "trsm": trsm(n: 1, rightHandSides: 1, ones.span, into: &out)
  case "axpy": axpy(2, ones.span, into: &out)
  case "scale": scale(&out, by: 2)
  case "dot": _ = dot(ones.span, ones.span)
  case "norm2": _ = norm2(ones.span)
  case "norm1": _ = norm1(ones.span)
  case "largest": _ = indexOfLargestMagnitude(ones.span)
  case "Cholesky": _ = try Cholesky(Matrix<Double>.identity(2))
  case "QR": _ = try QR(Matrix<Double>.identity(2))
  case "SVD": _ = try SVD(Matrix<Double>.identity(2))
  case "LU": _ = try LU(Matrix<Double>.identity(20))
  case "PivotedQR": _ = try PivotedQR(Matrix<Double>.identity(2))
  case "GeneralEigen": _ = try GeneralEigen(Matrix<Double>.identity(2))
  case "pairs": _ = try SymmetricEigen.pairs(of: Matrix<Double>.identity(2), ranks: 0..<1)
  case "values": _ = try SymmetricEigen.values(of: Matrix<Double>.identity(2))
  case "singular": _ = try Matrix<Double>.identity(2).singularValues()
  case "trmm": trmm(n: 1, columns: 1, ones.span, into: &out)
  case "view": _ = Matrix<Double>.identity(2).view * Matrix<Double>.identity(2)
  default: _ = try SymmetricEigen(Matrix<Double>.identity(2))
  }
}

// OpenBLAS's own functions by name: the library under test is the only importer of its module.
func threads() -> Int32 {
  guard let address = dlsym(nil, "openblas_get_num_threads") else { return -1 }
  return unsafeBitCast(address, to: (@convention(c) () -> Int32).self)()
}

private func parallel() -> Int32 {
  guard let address = dlsym(nil, "openblas_get_parallel") else { return -1 }
  return unsafeBitCast(address, to: (@convention(c) () -> Int32).self)()
}

func setThreads(_ count: Int32) {
  guard let address = dlsym(nil, "openblas_set_num_threads") else {
    fatalError("no openblas_set_num_threads")
  }
  unsafeBitCast(address, to: (@convention(c) (Int32) -> Void).self)(count)
}
