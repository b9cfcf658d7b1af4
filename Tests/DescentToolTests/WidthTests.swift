import Foundation
import Testing

@testable import DescentTool

@Suite("What people read fits a terminal of 60 columns")
struct WidthTests {
  private static let folder: Folder = {
    let folder = Folder()
    let names = "abcdefghijklmnop".map { "class_of_\($0)" }
    func line(_ i: Int, _ target: String) -> String {
      "\(i * 7 % 31),\(i * 5 % 23),\(i * 3 % 17),\(["north", "east", "south"][i % 3]),\(target)\n"
    }
    let header = "a_rather_long_name_of_a_feature,length,width,where,target\n"
    folder.write("two.csv", header + (0..<90).map { line($0, $0 * 7 % 31 > 14 ? "yes" : "no") }.joined())
    folder.write("number.csv", header + (0..<90).map { line($0, "\(Double($0 * 7 % 31) + 0.5)") }.joined())
    folder.write("many.csv", header + (0..<160).map { line($0, names[$0 % 16]) }.joined())
    for name in ["two", "number", "many"] {
      for (model, l2) in [("", "1e-2"), ("other", "1")] {
        let words =
          "train \(name).csv --categorical where --l2 \(l2) --tolerance 0.1 --quiet -o \(name)\(model).onnx"
        precondition(Tool.run(words.split(separator: " ").map(String.init), in: folder).code == 0)
      }
    }
    return folder
  }()

  @Test(
    .enabled(if: Pty.isThere),
    arguments: ["two", "number", "many"].flatMap { name in
      [
        "train \(name).csv --categorical where --tolerance 0.1 --verbose --holdout 0.3 -o m.onnx",
        "evaluate \(name).onnx \(name).csv --bootstrap 10", "inspect \(name).onnx --top 2",
        "compare \(name).onnx \(name)other.onnx \(name).csv --bootstrap 10",
        "check \(name).csv --categorical where",
        "path \(name).csv --categorical where --points 3 --holdout 0.3 -o p.json",
      ]
    } + ["inspect number.onnx --inference number.csv"])
  func fits(_ command: String) {
    let lines = Pty.lines(Pty.run(command, in: Self.folder))
    #expect(lines.count > 2)
    // A table of nothing but words that are one is as narrow as can be.
    for line in lines { #expect(line.columns <= 60, "\(line)") }
  }

  @Test(.enabled(if: Pty.isThere), arguments: HelpTests.commands) func help(_ command: String) {
    for line in Pty.lines(Pty.run("\(command) --help-all", in: Folder())) {
      #expect(line.columns <= 60, "\(line)")
    }
  }

  @Test("columns without room follow below, beside the names of the rows")
  func tables() {
    let rows = [["", "first", "second", "third"], ["row", "1", "2", "3"]]
    #expect(aligned(rows, to: nil) == ["     first  second  third", "row      1       2      3"])
    #expect(
      aligned(rows, to: 19) == ["     first  second", "row      1       2", "", "     third", "row      3"])
    #expect(aligned(rows, to: 2).count == 8)
    #expect(aligned([["only"], ["one"]], to: 2) == ["only", "one "])
  }

  @Test("letters of two columns are counted as such")
  func letters() {
    #expect("abc‖é".columns == 5 && "数字".columns == 4 && "😀a".columns == 3 && "e\u{301}".columns == 1)
    #expect("数字ab".prefix(columns: 3) == "数" && "abc".prefix(columns: 9) == "abc")
    #expect(aligned([["数", "1"], ["abc", "2"]], to: nil) == ["数   1", "abc  2"])
  }

  @Test("a number and its % stay together")
  func percents() {
    #expect(Wrapping.wrapped("it fell by 54 % at last", to: 13) == "it fell by\n  54 % at\n  last")
  }

  @Test("what goes on is under the text")
  func labels() {
    #expect(labelled([("name", "one two three")], to: 14) == ["name  one two\n      three"])
    #expect(labelled([("name", "one two three")], least: 5, to: nil) == ["name   one two three"])
  }
}
