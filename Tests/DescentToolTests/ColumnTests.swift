import Foundation
import Testing

@Suite("Columns of tables as people have them")
struct ColumnTests {
  private static let tables = Tool.root + "/Tests/References/tables"

  @Test func oneRefusalTellsOfAllColumnsAndHowToReadThem() throws {
    let folder = Folder()
    let table = Self.tables + "/passengers.csv"
    let refused = Tool.run(["train", table, "--label", "Survived", "-o", "m"], in: folder)
    #expect(refused.code == 65)
    #expect(
      refused.errors.dropFirst() == [
        "  column 1 'PassengerId': it numbers the rows: an identifier",
        "  column 4 'Name': 120 different texts in 120 rows: an identifier",
        "  column 5 'Sex': 2 categories: 'female', 'male'",
        "  column 6 'Age': numbers, missing in 20 of 120 rows",
        "  column 8 'Ticket': 110 different texts in 120 rows: an identifier",
        "  column 10 'Cabin': mostly missing: 80 of 120 rows",
        "  column 11 'Embarked': 3 categories: 'C', 'Q', 'S'",
        "this reads it:",
        "  descent train \(table) --label Survived -o m --id PassengerId --ignore Name,Ticket,Cabin "
          + "--categorical Sex,Embarked --missing mean",
      ])
    let trained = Tool.run(try refused.advice(), in: folder)
    #expect(trained.code == 0)
    #expect(trained.errors.contains("120 rows, 9 features, 2 classes"))
    #expect(!trained.errors.contains { $0.hasPrefix("warning: ") })
  }

  @Test(arguments: [
    ["--missing=mean"], ["--categorical", "Sex, Name"], ["--ignore", "1"], ["--id=Ticket"],
    ["--categorical", "auto"],
    ["--features", "Pclass,Sex,Name"], ["--label", "Survived", "--missing", "drop"],
  ]) func whatIsSaidAlreadyStays(_ options: [String]) throws {
    let folder = Folder()
    let refused = Tool.run(["train", Self.tables + "/passengers.csv", "-o", "m"] + options, in: folder)
    #expect(refused.code == 65)
    #expect(Tool.run(try refused.advice(), in: folder).code == 0)
  }

  @Test func eachKindIsNamed() throws {
    let folder = Folder()
    var text = "key;,it's,day,note,mixed,code,seen,y\n"
    for row in 0..<40 {
      let note = "\"said \(row) that it was, as it were, well\""
      let mixed = row == 17 ? "abc" : "\(row * 7 % 11)"
      text += "k\(row),\(["red", "blue", "green"][row % 3]),2021-03-\(10 + row % 20),\(note),\(mixed),"
      text += "c\(row / 2),\(row < 30 ? "" : "x\(row)"),\(row % 2)\n"
    }
    folder.write("t.csv", text)
    let refused = Tool.run(["train", "t.csv", "-o", "m"], in: folder)
    #expect(
      refused.errors == [
        "descent: t.csv: 7 of its columns are not numbers in every row:",
        "  column 1 'key;': 40 different texts in 40 rows: an identifier",
        "  column 2 'it's': 3 categories: 'blue', 'green', 'red'",
        "  column 3 'day': dates, such as '2021-03-10'",
        "  column 4 'note': free text",
        "  column 5 'mixed': numbers, but for 1 cell, such as 'abc' on line 19",
        "  column 6 'code': 20 different texts in 40 rows",
        "  column 7 'seen': mostly missing: 30 of 40 rows",
        "this reads it:",
        "  descent train t.csv -o m --id 'key;' --ignore day,note,code,seen --categorical \"it's\" "
          + "--missing-values abc --missing mean",
      ])
    #expect(Tool.run(try refused.advice(), in: folder).code == 0)
    let wide = Tool.run(["check", "w.csv"], in: folder.with("w.csv", Self.wide))
    #expect(wide.errors.count == 14 && wide.errors[11] == "  and 20 more")
    #expect(Tool.run(try wide.advice(), in: folder).code == 0)
  }

  private static let wide: String = {
    let names = (0..<30).map { "c\($0)" }.joined(separator: ",")
    let rows = (0..<40).map { row in
      (0..<30).map { "v\((row * $0) % 3)" }.joined(separator: ",") + ",\(row % 2)\n"
    }
    return names + ",y\n" + rows.joined()
  }()

  /// What comes through it is kept, and read again as a file is.
  @Test func aPipeIsToldOfAllColumns() {
    let folder = Folder()
    let text = "a,b,c,y\nx,1,u,p\nz,2,v,q\nx,3,u,p\nz,4,v,q\n"
    let pipe = ["sh", "-c", "cat | \"$0\" \"$@\""]
    let (file, piped) = (
      Tool.run(["train", "a.csv", "-o", "m"], in: folder.with("a.csv", text)),
      Tool.run(["train", "-", "-o", "m"], in: folder, input: text, under: pipe)
    )
    #expect(piped.code == 65 && piped.errors.count > 2)
    let lines = file.errors.map { $0.replacing("a.csv", with: "-") }
    #expect(piped.errors.map { $0.replacing("standard input", with: "-") } == lines)
    let auto = ["-o", "m", "--categorical", "auto", "--force"]
    #expect(Tool.run(["train", "-"] + auto, in: folder, input: text, under: pipe).code == 0)
    let model = folder.read("m")
    #expect(Tool.run(["train", "a.csv"] + auto, in: folder).code == 0)
    let notes = { (folder: Folder) in
      Tool.run(["export", "m", "-o", "-", "--format", "csv"], in: folder).output
    }
    let weights = notes(folder)
    folder.write("m", model)
    #expect(notes(folder) == weights)
  }

  @Test func columnsAreMatchedByName() {
    let folder = Folder()
    let train = Self.tables + "/columns-train.csv"
    #expect(Tool.run(["train", train, "-o", "m"], in: folder).code == 0)
    let expected = Tool.run(["predict", "m", train], in: folder).lines
    #expect(expected.count >= 60)
    let reordered = Tool.run(["predict", "m", Self.tables + "/columns-reordered.csv"], in: folder)
    #expect(reordered.lines == expected)
    #expect(reordered.errors.count == 1 && reordered.errors[0].hasSuffix("found by their names"))
    let extra = Self.tables + "/columns-extra.csv"
    let notes = [
      "note: \(extra): not read, since the model does not take them: 'id'"
    ]
    let predicted = Tool.run(["predict", "m", extra], in: folder)
    #expect(predicted.lines == expected && predicted.errors == notes)
    let evaluated = Tool.run(["evaluate", "m", extra], in: folder)
    #expect(evaluated.code == 0 && evaluated.errors == notes)
    let tested = Tool.run(["train", train, "--test", extra, "-o", "n"], in: folder)
    #expect(tested.code == 0 && tested.errors.contains(notes[0]))
    // The other way: what the model ignores need not be there.
    #expect(Tool.run(["train", extra, "--id", "id", "-o", "n"], in: folder).code == 0)
    #expect(Tool.run(["predict", "n", train], in: folder).code == 0)
    folder.write("missing.csv", "age,y\n1,leave\n")
    #expect(
      Tool.run(["predict", "m", "missing.csv"], in: folder).errors == [
        "descent: missing.csv:1: there is no column 'visits', which the model takes; the columns are 'age', 'y'"
      ])
    #expect(Tool.run(["predict", "m", train, "--features", "age"], in: folder).code == 64)
  }

  @Test func rowsMayHaveNames() throws {
    let folder = Folder()
    let note = "the first column has no name and tells the rows apart: it is not read"
    for (file, text) in [
      ("r.csv", "\"a\",\"y\"\n\"m 1\",1,\"p\"\n\"m 2\",2,\"q\"\n"), ("pandas.csv", ",a,y\n5,1,p\n3,2,q\n"),
    ] {
      folder.write(file, text)
      let trained = Tool.run(["train", file, "-o", "m"], in: folder)
      #expect(trained.code == 0 && trained.errors.first == "note: \(file): \(note)")
      #expect(trained.errors.contains("2 rows, 1 features, 2 classes"))
      #expect(Tool.run(["evaluate", "m", file], in: folder).code == 0)
    }
    // Numbers that do not count are names where R has put them in quotes; else a comma may have cut them.
    for (text, isRead) in [
      ("a,y\n1,5,p\n2,6,q\n", true), ("a,y\n7,5,p\n3,6,q\n", false), ("a,y\n\"7\",5,p\n\"3\",6,q\n", true),
    ] {
      folder.write("n.csv", text)
      let trained = Tool.run(["train", "n.csv", "-o", "n", "--force"], in: folder)
      #expect((trained.code == 0) == isRead, "\(text) \(trained.errors)")
      if isRead { #expect(trained.errors.first == "note: n.csv: \(note)") }
    }
    folder.write("t.csv", ",a,y\n5,1,p\n5,2,q\n")
    #expect(
      Tool.run(["train", "t.csv", "-o", "m"], in: folder).errors.first?.contains("has no name") == true)
  }

  @Test func aConversionPassesOverColumns() {
    let folder = Folder().with("t.csv", "id,a,note,y\nk,1,x,p\nl,2,z,q\n")
    #expect(Tool.run(["convert", "t.csv", "u.csv", "--ignore", "note, 1"], in: folder).code == 0)
    #expect(String(decoding: folder.read("u.csv"), as: UTF8.self) == "a,y\n1,p\n2,q\n")
    let refused = Tool.run(["convert", "t.csv", "v.csv", "--id", "id", "--ignore", "note"], in: folder)
    #expect(
      refused.code == 64
        && refused.errors == [
          "descent: t.csv: --id has no place in a conversion; pass over the column with --ignore"
        ])
  }

  @Test func numbersOfTheRowsAreWarnedOf() {
    let folder = Folder()
    let rows = (1...12).map { "\($0),\($0 * 5 % 7),\($0 % 2)\n" }.joined()
    folder.write("t.csv", "n,a,y\n" + rows)
    let warning =
      "warning: t.csv: the column 'n' numbers the rows, and is taken for a feature; say --id n, or --ignore n"
    #expect(Tool.run(["train", "t.csv", "-o", "m"], in: folder).errors.first == warning)
    #expect(Tool.run(["train", "t.csv", "--id", "n", "-o", "m"], in: folder).errors.first != warning)
    for (name, start, isCount) in [("my no", 1001, true), ("year", 1990, false), ("cust_id", 1990, true)] {
      let rows = (0..<12).map { "\(start + $0),\($0 * 5 % 7),\($0 % 2)\n" }.joined()
      folder.write("u.csv", "\(name),a,y\n" + rows)
      let word = name.contains(" ") ? "'\(name)'" : name
      let warning =
        "warning: u.csv: the column '\(name)' numbers the rows, and is taken for a feature; say --id \(word), or --ignore \(word)"
      let warned = Tool.run(["train", "u.csv", "-o", "m", "--force"], in: folder).errors.first == warning
      #expect(warned == isCount, "\(name)")
    }
  }
}

extension Folder {
  /// The folder, once it holds the file.
  fileprivate func with(_ file: String, _ text: String) -> Folder {
    write(file, text)
    return self
  }
}
