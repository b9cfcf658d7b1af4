import Descent
import LinearAlgebra
import Testing

@Suite("What targets are, in a few numbers")
struct TargetSummaryTests {
  private func summary(_ labels: [String]) -> TargetSummary {
    TargetSummary(Dataset(features: Matrix<Float>(rows: labels.count, columns: 1), labels: labels))
  }

  @Test func kinds() {
    #expect(summary(["1", "2", "1"]).kind == .wholeNumbers)
    #expect(summary(["1.0", "2.0"]).kind == .wholeNumbers)
    #expect(summary(["1", "2.5"]).kind == .fractions)
    #expect(summary(["1", "2", "x"]).kind == .names)
    #expect(summary(["1", "2", "x"]).exception == "x")
    #expect(summary(["1", "y", "x"]).exception == nil)
    #expect(summary(["0x1F", "0x2F"]).kind == .names)
    #expect(
      TargetSummary(Dataset(features: Matrix<Float>(rows: 2, columns: 1), values: [1, 2])).kind == .numbers)
  }

  @Test func spellings() {
    #expect(summary(["1", "1.0", "2"]).twins == ["1", "1.0"])
    #expect(summary(["2", "1.0", "1.5", "a"]).twins.isEmpty)
  }

  @Test func doubts() {
    // Each row a class of its own, but in tables of a few rows.
    #expect(summary((0..<300).map { "\($0)" }).isDoubtful)
    #expect(!summary(["a", "b", "c", "d"]).isDoubtful)
    // More than half as many classes as rows.
    #expect(summary((0..<300).map { "\($0 % 160)" }).isDoubtful)
    #expect(!summary((0..<300).map { "\($0 % 150)" }).isDoubtful)
    // Most classes have a row, though there are many rows.
    #expect(summary((0..<1000).map { "\(max(0, $0 - 980))" }).isDoubtful)
    #expect(!summary((0..<1000).map { "\(max(0, $0 - 998))" }).isDoubtful)
    #expect(!summary((0..<1000).map { "\($0 % 10)" }).isDoubtful)
    let numbers = Dataset(features: Matrix<Float>(rows: 9, columns: 1), values: (0..<9).map { Double($0) })
    #expect(!TargetSummary(numbers).isDoubtful)
  }

  @Test func names() {
    for name in ["label", "Class", "TARGET", "y", "labels"] { #expect(LabelColumnName.isOne(name)) }
    for name in ["x", "yes", "classy", ""] { #expect(!LabelColumnName.isOne(name)) }
    // A coordinate.
    #expect(!LabelColumnName.isOne("y", among: ["x", "y", "kind"]))
  }
}
