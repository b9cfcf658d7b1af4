import Testing

@testable import DescentPictures

@Suite("Names in little room") struct ShortNamesTests {
  @Test func areWholeWhereTheyFit() {
    #expect(ShortNames(["one", "two\nlines", ""], columns: 9).texts == ["one", "two lines", ""])
  }

  @Test func areCutInTheMiddle() {
    #expect(ShortNames(["abcdefghijkl"], columns: 7).texts == ["abc…jkl"])
    // Of characters that are two columns wide, fewer fit.
    #expect(ShortNames(["日本語の長い名前"], columns: 7).texts == ["日…前"])
    #expect("日本a".columns == 5 && "🐈‍⬛".columns == 2)
  }

  /// Where the ends are alike, too, more is shown; equal names stay equal.
  @Test func neverComeToLookAlike() {
    let names =
      (0..<50).map { "beginning of \(String(repeating: "x", count: $0))y and the end" } + ["a", "a"]
    let texts = ShortNames(names, columns: 8).texts
    #expect(Set(texts).count == Set(names).count)
    #expect(texts[50] == "a" && texts[51] == "a")
  }
}
