import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("What each column of a table is for")
struct ColumnRoleTests {
  private static let text = #"""
    id,"na""me",w,age,t,kind,y
    a1,"x, ""x""",1,20,2.5,red,no
    a2,"y
    y",0.5, 30 ,1,blue,yes
    a3,,2,40,10,red,no

    """#

  private func options(_ roles: ColumnRoles) -> DataOptions {
    var options = DataOptions()
    options.roles = roles
    return options
  }

  private static let roles = ColumnRoles(
    ignored: ["na\"me"], id: "1", categorical: ["kind"], weight: "w", exposure: "5")

  @Test(arguments: [1, 1 << 20]) func areTold(_ chunkSize: Int) throws {
    let input = try Input(bytes: Array(Self.text.utf8), name: "x.csv")
    let data = try CSV.read(input, options(Self.roles), as: Double.self, chunkSize: chunkSize)
    #expect(data.featureNames == ["age", "kind=blue", "kind=red"])
    #expect(features(data) == [20, 0, 1, 30, 1, 0, 40, 0, 1])
    #expect(data.weights == [1, 0.5, 2])
    #expect(data.offsets == [2.5, 1, 10].map { log($0) })
    #expect(data.targets == .labels([0, 1, 0]))
    #expect(data.labelColumn == TableColumn(name: "y", number: 7))
    #expect(data.others.ignored == [TableColumn(name: "na\"me", number: 2)])
    #expect(data.others.id == TableColumn(name: "id", number: 1))
    #expect(data.others.isExposure && data.others.offset == TableColumn(name: "t", number: 5))
    #expect(OtherColumns(json: data.others.json) == data.others)
  }

  @Test func onlyTheFeaturesAskedForAreRead() throws {
    let data = try csv(Self.text, options(ColumnRoles(features: ["4", "w"], offset: "t")))
    #expect(data.featureNames == ["w", "age"])
    #expect(data.offsets == [2.5, 1, 10] && data.weights == nil)
    #expect(data.others.ignored.map(\.number) == [1, 2, 6])
  }

  @Test func theLastColumnThatIsNothingElseIsTheLabel() throws {
    let text = "a,b,c\n1,x,5\n2,y,6\n"
    #expect(try csv(text, options(ColumnRoles(id: "c"))).classNames == ["x", "y"])
    #expect(try csv(text, options(ColumnRoles(features: ["a", "c"]))).classNames == ["x", "y"])
    #expect(try csv("1,x,5\n2,y,6\n", options(ColumnRoles(ignored: ["3"]))).classNames == ["x", "y"])
  }

  /// What the fast reader of rows makes of cells that are not read or kept, the careful one makes too.
  @Test func bothReadersAgree() throws {
    var options = options(ColumnRoles(ignored: ["2"], id: "1", categorical: ["4"]))
    options.keeps = ["3", "2", "a"]
    let cells = ["x", " x ", "\"x\"", "\"x,\"\"y\"", "", "\"\"", " \"a\" "]
    let numbers = ["1", " 1.5 ", "-2e3"]
    var text = ""
    for first in cells {
      for second in cells { for third in numbers { text += "\(first),\(second),\(third),\(first),0\n" } }
    }
    options.header = .absent
    options.keeps = ["3", "2"]
    func rows(isCareful: Bool) throws -> [String] {
      let input = try Input(bytes: Array(text.utf8), name: "x.csv")
      let reader = try CSVReader(input, options, isCareful: isCareful)
      #expect(reader.layout.kept == [0, 2, 1])
      var (row, rows) = ([0.0, 0.0], [String]())
      var span = row.mutableSpan
      while try reader.next(&span) {
        let texts = [0, 1, 2, 3, 4].map { String(decoding: reader.text(of: $0), as: UTF8.self) }
        rows.append("\(span[0]) \(texts)")
      }
      return rows
    }
    let careful = try rows(isCareful: true)
    #expect(careful.count == 147)
    #expect(try rows(isCareful: false) == careful)
  }

  @Test(arguments: [
    (
      ColumnRoles(ignored: ["nmae"]),
      "x.csv:1: there is no column 'nmae' to ignore; did you mean 'name'? the columns are 'id', 'name', 'age', 'y'"
    ),
    (
      ColumnRoles(id: "5"), "x.csv:1: there is no column '5' of ids; the columns are 'id', 'name', 'age', 'y'"
    ),
    (
      ColumnRoles(ignored: ["id"], id: "1"),
      "x.csv:1: column 1 'id': 'ignore' and 'id' both name the column; leave it out of one"
    ),
    (
      ColumnRoles(ignored: ["id", "1"]),
      "x.csv:1: column 1 'id': 'ignore' names the column twice; leave it out of one"
    ),
    (
      ColumnRoles(features: ["age"], categorical: ["name"]),
      "x.csv:1: column 2 'name': it is to hold categories, and is none of the features; add it to 'features', or leave it out of 'categorical'"
    ),
    (
      ColumnRoles(ignored: ["id", "name", "age"]),
      "x.csv:1: no column is left for the features; leave some out of 'ignore'"
    ),
    (
      ColumnRoles(ignored: ["name"], weight: "id"),
      "x.csv:3: column 1 'id': the weight is negative; weights are numbers of 0 and more"
    ),
    (
      ColumnRoles(ignored: ["name"], exposure: "age"),
      "x.csv:4: column 3 'age': the cell is empty; fill it in, remove the row, or say 'missing' drop"
    ),
    (
      ColumnRoles(ignored: ["name"], exposure: "id"),
      "x.csv:3: column 1 'id': the exposure is not above 0; remove the row, or name a column of logarithms with 'offset'"
    ),
    (ColumnRoles(id: "id", weight: "name"), "x.csv:2: column 2 'name': 'n' is not a number; write a number"),
  ]) func refusesWhatCannotBe(_ roles: ColumnRoles, _ message: String) {
    let text = "id,name,age,y\n1,n,5,a\n-1,m,6,b\n2,k,,b\n"
    let error = failure { _ = try csv(text, options(roles), name: "x.csv") }
    #expect(error.description == message)
  }

  /// What is spelt in a way of its own, is missing or says yes and no is looked at as it is read.
  @Test func aSurveyReadsCellsAsTheTableIsRead() throws {
    let text =
      "a;b;c;k\n"
      + (0..<20).map { "\($0),5;\($0 % 4 == 0 ? "-9" : "1,5");\($0 % 2 == 0 ? "yes" : "no");\($0 % 3)\n" }
      .joined()
    var options = DataOptions()
    (options.form.delimiter, options.form.decimal, options.missingValues) = (.character(";"), .comma, ["-9"])
    options.isSurvey = true
    let reader = try CSVReader(Input(bytes: Array(text.utf8), name: "x.csv"), options)
    let survey = try TableSurvey(reader, options)
    #expect(survey.findings == [ColumnFinding(number: 2, name: "b", kind: .lacking(5, of: 20))])
    #expect(survey.missing == .mean && survey.roles == ColumnRoles())
  }

  @Test func rowsWithoutAWeightAreDropped() throws {
    var options = options(ColumnRoles(weight: "w"))
    options.missing = .dropped
    let data = try csv("a,w,y\n1,2,p\n3,,q\n5,6,q\n", options)
    #expect(data.weights == [2, 6] && features(data) == [1, 5])
  }
}

@Suite("A model's columns are found in other tables by their names")
struct MatchingTests {
  private static let model: ModelColumns = {
    var others = OtherColumns()
    others.ignored = [TableColumn(name: "note", number: 2)]
    others.id = TableColumn(name: "id", number: 1)
    return ModelColumns(
      features: 3, featureNames: ["a", "k=p", "k=q"], classNames: ["no", "yes"],
      label: TableColumn(name: "y", number: 5), others: others,
      table: TableSchema(columns: [.init(name: "a"), .init(name: "k", categories: ["p", "q"])]))
  }()

  private func stream(
    _ text: String, _ target: DataOptions.Target = .ignored, model: ModelColumns = model,
    keeps: [String] = [],
    _ roles: ColumnRoles = ColumnRoles()
  ) throws -> (block: RowBlock<Double>?, stream: TableRowStream<Double>, columns: ReadingTally.Columns) {
    var options = DataOptions(target: target, model: model)
    (options.tally, options.keeps, options.roles) = (ReadingTally(), keeps, roles)
    let stream = try TableRowStream<Double>(Input(bytes: Array(text.utf8), name: "x.csv"), options)
    return (try stream.next(10), stream, options.tally!.columns)
  }

  private static let expected: Matrix<Double> = [[1, 1, 0], [2, 0, 1]]

  @Test(arguments: [
    ("id,note,a,k,y\n7,hm,1,p,yes\n8,,2,q,no\n", ["7", "8"], false, []),
    ("k,a\np,1\nq,2\n", [], true, []),
    ("k,id,z,a\np,7,x,1\nq,8,y,2\n", ["7", "8"], true, ["z"]),
    ("a,k\n1,p\n2,q\n", [], false, []),
    // Without names, by their places: as in training, without the label, or the features alone.
    ("7,hm,1,p,yes\n8,,2,q,no\n", ["7", "8"], false, []),
    ("7,hm,1,p\n8,,2,q\n", ["7", "8"], false, []),
    ("1,p\n2,q\n", [], false, []),
    ("1,p,yes\n2,q,no\n", [], false, []),
  ]) func inAnyOrder(_ text: String, _ ids: [String], _ areReordered: Bool, _ extra: [String]) throws {
    let (block, stream, columns) = try stream(text)
    #expect(block?.features == Self.expected)
    #expect(block?.kept == ids.map { [$0] })
    #expect(stream.keptNames.isEmpty == ids.isEmpty)
    #expect(columns == .init(areReordered: areReordered, extra: extra))
  }

  @Test func cellsAreKept() throws {
    let text = "y,k,a,id\nyes, p ,1.0,\"7, \"\"8\"\"\"\nno,\"q\",2,\n"
    let (block, stream, columns) = try stream(text, .classes, keeps: ["a", "y", "2"])
    #expect(stream.keptNames == ["id", "a", "y", "k"] && stream.hasHeader)
    #expect(block?.kept == [["7, \"8\"", "1.0", "yes", "p"], ["", "2", "no", "q"]])
    #expect(block?.features == Self.expected && block?.targets == .labels([1, 0]))
    #expect(columns == .init(areReordered: true, extra: []))
  }

  @Test func offsetsComeWithTheRows() throws {
    var model = Self.model
    model.others = OtherColumns()
    model.others.offset = TableColumn(name: "t", number: 1)
    model.others.isExposure = true
    #expect(try stream("a,t,k\n1,2,p\n2,3,q\n", model: model).block?.offsets == [log(2), log(3)])
    let error = failure { _ = try stream("a,k\n1,p\n", model: model) }
    #expect(
      error.description
        == "x.csv:1: there is no column 't' of exposures, which the model adds to its scores; add it, or name it with 'exposure'"
    )
    let other = try stream("a,u,k\n1,2,p\n", model: model, ColumnRoles(offset: "u"))
    #expect(other.block?.offsets == [2])
  }

  @Test(arguments: [
    (
      "b,k,y\n1,p,no\n",
      "x.csv:1: there is no column 'a', which the model takes; the columns are 'b', 'k', 'y'"
    ),
    (
      "note,yy,ak\n1,p,no\n",
      "x.csv:1: there are no columns 'a', 'k', which the model takes; the columns are 'note', 'yy', 'ak'"
    ),
    (
      "a,K,y\n1,p,no\n",
      "x.csv:1: there is no column 'k', which the model takes; did you mean 'K'? the columns are 'a', 'K', 'y'"
    ),
    ("k,a,z\np,1,no\n", "x.csv:1: there is no column 'y' of labels; add it, or name it with 'label'"),
    (
      "1,p\n",
      "x.csv:1: 2 columns where the model takes 2 features and the label is one more; add the column of labels"
    ),
    (
      "1,2,3,4\n",
      "x.csv:1: 4 columns do not fit the model, which takes 2 features; give 2 features and the label"
    ),
  ]) func aMissingOneIsAnError(_ text: String, _ message: String) {
    #expect(failure { _ = try stream(text, .classes) }.description == message)
  }
}
