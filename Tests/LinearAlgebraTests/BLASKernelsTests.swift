import Testing

@testable import LinearAlgebra

@Suite("OpenBLAS's kernels are as new as the processor")
struct BLASKernelsTests {
  @Test func thoseOfOldProcessorsAreTold() {
    #expect(BLAS.kernelsAreOld("Prescott") && BLAS.kernelsAreOld("Sandybridge"))
    for new in ["Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids", "armv8"] {
      #expect(!BLAS.kernelsAreOld(new), "\(new)")
    }
  }
}
