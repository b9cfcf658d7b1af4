import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite struct CSVTests {
  @Test func readsATableWithAHeader() throws {
    let data = try csv("length,width,kind\n1,2.5,cat\n-3,4e1,dog\n5,6,cat\n")
    #expect(features(data) == [1, 2.5, -3, 40, 5, 6])
    #expect(labels(data) == ["cat", "dog", "cat"])
    #expect(data.classNames == ["cat", "dog"])
    #expect(data.featureNames == ["length", "width"])
    #expect(data.features is DenseStorage<Float>)
  }

  @Test(arguments: [
    "1,2,a\n3,4,b", "1,2,a\r\n3,4,b\r\n", "\u{feff}1,2,a\n3,4,b\n", "\n1,2,a\n\n\n3,4,b\n\n",
    " 1 , 2 , a \n3,4,b\n",
    "\"1\",2,\"a\"\n3,\"4\",b\n", "x,y,z\n1,2,a\n3,4,b\n", "\"x\",\"y\",\"z\"\r\n1,2,\"a\"\r\n3,4,\"b\"\r\n",
    "1,2, \"a\" \n3,4,b\n", "\r\n1,2,a\r\n\r\n3,4,b",
  ])
  func readsTheSameTableInManySpellings(_ text: String) throws {
    let data = try csv(text)
    #expect(features(data) == [1, 2, 3, 4])
    #expect(labels(data) == ["a", "b"])
  }

  @Test func keepsQuotedTextAsItIs() throws {
    let data = try csv("1,\"a \"\"b\"\", c\"\n2,\"two\nlines\"\n3,\" spaced \"\n4,\"tab\there\"\n")
    #expect(labels(data) == ["a \"b\", c", "two\nlines", " spaced ", "tab\there"])
  }

  @Test func ordersClassesAsNumbersWhereTheyAre() throws {
    #expect(try csv("1,10\n1,9\n1,2\n").classNames == ["2", "9", "10"])
    #expect(try csv("1,b\n1,10\n1,2\n").classNames == ["10", "2", "b"])
  }

  @Test func mergesEqualTextOfDifferentBytes() throws {
    let data = try csv("1,\u{e9}\n2,e\u{301}\n")
    #expect(data.classNames.count == 1)
    #expect(data.targets == .labels([0, 0]))
  }

  @Test(arguments: [
    (DataOptions.Label.column("kind"), [1.0, 2, 3, 4]), (.column("1"), [1, 2, 3, 4]),
    (.column("a"), [7, 2, 8, 4]),
  ])
  func takesTheLabelByNameOrNumber(_ label: DataOptions.Label, _ expected: [Double]) throws {
    let data = try csv("kind,a,b\n7,1,2\n8,3,4\n", DataOptions(label: label))
    #expect(features(data) == expected)
  }

  @Test func readsNumbersToRegressOn() throws {
    let data = try csv("1,2.5\n3,\" -1e3 \"\n", DataOptions(target: .numbers))
    #expect(data.targets == .values([2.5, -1000]))
    #expect(data.classNames.isEmpty)
  }

  @Test func readsTabsAndOtherDelimiters() throws {
    #expect(features(try csv("1\t2\ta,b\n", name: "x.tsv")) == [1, 2])
    #expect(labels(try csv("1\t2\ta b\n", name: "x.tsv.gz")) == ["a b"])
    #expect(features(try csv("1;2;a\n", DataOptions(delimiter: ";"))) == [1, 2])
    #expect(features(try csv("1|2|a\n", DataOptions(delimiter: "|"))) == [1, 2])
  }

  @Test func onlySomeCharactersSeparateFields() {
    for character: Character in [",", "\t", ";", "|", ":", "/"] {
      #expect(DataOptions.canSeparateFields(character))
    }
    for character: Character in ["\"", " ", "\n", "\r\n", "1", "e", ".", "-", "+", "é", "\0"] {
      #expect(!DataOptions.canSeparateFields(character))
    }
  }

  @Test func rowsAreWideAndLabelsLong() throws {
    let cells = (5..<100_005).map { String($0) }.joined(separator: ",")
    let label = String(repeating: "x", count: 3_000_000)
    let data = try csv("\(cells),\(label)\n\(cells),b\n")
    #expect(data.columns == 100_000)
    #expect(data.classNames.map(\.utf8.count) == [1, label.utf8.count])
  }

  @Test func readsInDoubleWhenAsked() throws {
    let input = try Input(bytes: Array("0.1,1e300,a\n".utf8), name: "x.csv")
    let data = try CSV.read(input, as: Double.self)
    #expect(data.features is DenseStorage<Double>)
    #expect(features(data) == [0.1, 1e300])
  }

  @Test func roundsNothingButWhatIsTooTinyForDouble() throws {
    #expect(features(try csv("1e-400,-1e-60,a\n")) == [0, -1e-60])
  }
}

@Suite struct CSVHeaderTests {
  private static let counting = (0..<9).map { String($0) }.joined(separator: ",")

  @Test(arguments: [
    ("a,b,c\n1,2,x\n", true), ("1,2,x\n3,4,y\n", false), ("1,b,x\n3,4,y\n", true),
    ("id,2019,2020\n1,2,3\n", true),
    ("1.5,2,label\n3,4,y\n", false), ("\(counting),label\n\(counting),7\n", true),
    ("1,2,3,4,5,6,7\n1,2,3,4,5,6,7\n", false),
  ])
  func isFoundByItsText(_ text: String, _ hasHeader: Bool) throws {
    let data = try csv(text)
    #expect(!data.featureNames.isEmpty == hasHeader)
    #expect(data.rows == (hasHeader ? 1 : 2))
  }

  @Test func isWhatTheOptionsSay() throws {
    #expect(try csv("1,2,3\n4,5,6\n", DataOptions(header: .present)).featureNames == ["1", "2"])
    #expect(try csv("1,2,3\n4,5,6\n", DataOptions(header: .absent)).rows == 2)
  }

  @Test func isNotARowWithAMissingNumber() {
    let error = failure { _ = try csv("1,nan,x\n3,4,y\n") }
    #expect(error.place == .cell(line: 1, column: 2, header: nil))
  }
}
