import Testing

@testable import LinearAlgebra

@Suite("The tool has OpenBLAS use kernels that are as new as the processor")
struct KernelChoiceTests {
  /// What OpenBLAS says that it uses, each time that it chooses.
  private func kernels(_ environment: [String: String]) -> [String] {
    let all = environment.merging(["OPENBLAS_VERBOSE": "2"]) { own, _ in own }
    return Tool.run(["--version"], in: Folder(), environment: all).errors
      .filter { $0.hasPrefix("Core: ") }.map { String($0.dropFirst(6)) }
  }

  @Test func unlessTheUserSaysWhich() throws {
    let chosen = kernels([:])
    // Another BLAS says nothing.
    guard let last = chosen.last else { return }
    #expect(chosen.count <= 2 && (chosen.count == 1 || BLAS.kernelsAreOld(chosen[0])), "\(chosen)")
    #expect(!BLAS.kernelsAreOld(last) || BLAS.newestKernels == nil, "\(chosen)")
    #expect(kernels(["OPENBLAS_CORETYPE": "Nehalem"]) == ["Nehalem"])
    #expect(kernels(["OPENBLAS_CORETYPE": "Haswell"]) == ["Haswell"])
  }
}
