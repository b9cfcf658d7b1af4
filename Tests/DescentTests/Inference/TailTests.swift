import Testing

@testable import Descent

@Suite("Tails of distributions")
struct TailTests {
  private func relativeError(_ found: Double, _ expected: Double) -> Double {
    abs(found - expected) / expected
  }

  @Test("Student's, by mpmath to 1e-12") func student() {
    for row in InferenceReferences.all.student_tails {
      let found = studentTails(-row[0], degrees: row[1])
      #expect(relativeError(found, row[2]) < 1e-12, "\(row): \(found)")
    }
    #expect(studentTails(0, degrees: 4) == 1)
    #expect(studentTails(.infinity, degrees: 4) == 0)
  }

  @Test("the normal distribution's, by mpmath to 1e-12") func normal() {
    for row in InferenceReferences.all.normal_tails {
      #expect(relativeError(normalTails(row[0]), row[1]) < 1e-12, "\(row)")
    }
  }

  @Test("quantiles are where the tails say") func quantiles() {
    #expect(abs(tailsQuantile(0.05, degrees: nil) - 1.959963984540054) < 1e-14)
    for degrees in [1, 4, 86, 1e5] {
      let t = tailsQuantile(0.05, degrees: degrees)
      #expect(relativeError(studentTails(t, degrees: degrees), 0.05) < 1e-12)
    }
  }

  @Test("the gamma function's logarithm") func gamma() {
    #expect(abs(logGamma(0.5) - 0.5723649429247001) < 1e-15)
    #expect(relativeError(logGamma(101), 363.73937555556347) < 1e-15)
    #expect(relativeError(logGamma(16), 27.899271383840894) < 1e-15)
  }
}
