import Glibc
import Testing

@testable import DescentFiles

@Suite struct DecimalNumberTests {
  @Test(arguments: [
    "1", "+1", "-1", "1.", ".5", "-.5", "+.5e1", "1e3", "1E3", "1e+3", "1e-3", "007", "0", "-0", "0e999",
    "1e-400",
    "1e22", "1e23", "9007199254740993", "9007199254740992e22", "123456789012345678901234567890",
    "0.000000000000000000000000000000000001", "2.2250738585072011e-308", "4.9e-324", "1.7976931348623157e308",
    "1e400", "-1e400", "00000000000000000000000000000001.5", "0.1", "1844674407370955161500",
    "9999999999999999999e-27",
    "18446744073709551615", "18446744073709551616", "1e0000000000000000000000000000001",
  ])
  func agreesWithTheCLibrary(_ text: String) throws {
    let value = try #require(CSVCell(Array(text.utf8)).number)
    #expect(value.bitPattern == strtod(text, nil).bitPattern)
  }

  @Test(arguments: [
    "", " ", "0x10", "1_000", "1e", "1e+", "--1", "+-1", ".", "-", "e5", "1.2.3", "1 2", "nan", "inf",
    "Infinity",
    "1,5", "1f", "١", "1e5.5", "½", "-e1", "0x1p3", "1\t",
  ])
  func refuses(_ text: String) {
    #expect(CSVCell(Array(text.utf8)).number == nil)
  }

  @Test(arguments: [" 1 ", "1  ", "   1"])
  func allowsSpacesAround(_ text: String) {
    #expect(CSVCell(Array(text.utf8)).number == 1)
  }

  @Test func readsNumbersOfAnyLength() {
    let digits = String(repeating: "3", count: 1_000_000)
    #expect(CSVCell(Array("0.\(digits)".utf8)).number == 1.0 / 3)
    #expect(CSVCell(Array("\(digits)e-1000000".utf8)).number == 1.0 / 3)
    #expect(CSVCell(Array(digits.utf8)).number == .infinity)
  }

  /// Every way through the reader: few and many digits, small and large exponents, ties.
  @Test func agreesWithTheCLibraryOnRandomDecimals() {
    var generator = SplitMix(state: 1)
    var differences: [String] = []
    for _ in 0..<100_000 {
      let text = randomDecimal(&generator)
      if CSVCell(Array(text.utf8)).number?.bitPattern != strtod(text, nil).bitPattern {
        differences.append(text)
      }
    }
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(5))")
  }

  private func randomDecimal(_ generator: inout SplitMix) -> String {
    let sign = ["", "-", "+"].randomElement(using: &generator)!
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:  // The middle of two doubles, or next to it.
      let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &generator) | 1
      return "\(sign)\(odd)\(["", ".0", ".0000000001"].randomElement(using: &generator)!)"
    case 1:  // The shortest text of any double.
      return "\(Double(bitPattern: .random(in: 0..<0x7ff0_0000_0000_0000, using: &generator)))"
    default:
      let digits = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }
      let point = Int.random(in: 0...digits.count, using: &generator)
      let mantissa = digits[..<point].joined() + "." + digits[point...].joined()
      let exponent = Int.random(in: -40...40, using: &generator)
      return sign + mantissa + (Bool.random(using: &generator) ? "e\(exponent)" : "")
    }
  }
}

/// A small generator with a seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
