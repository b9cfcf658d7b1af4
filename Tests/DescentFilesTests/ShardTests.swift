import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("Several files as one data set")
struct ShardTests {
  /// Calls `body` with the pattern that names the files, in a folder of their own.
  private func with<Result>(
    _ files: [(name: String, bytes: [UInt8])], _ pattern: String, _ body: (String) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      for (name, bytes) in files { try write(bytes, to: "\(folder)/\(name)") }
      return try body("\(folder)/\(pattern)")
    }
  }

  private func with<Result>(
    _ texts: [String], _ ending: String = "csv", _ body: (String) throws -> Result
  ) throws -> Result {
    try with(
      texts.enumerated().map { ("part-\($0).\(ending)", Array($1.utf8)) }, "part-*.\(ending)", body)
  }

  /// With names in each, with and without a last line break, one of them compressed, one of names alone.
  @Test func tables() throws {
    let texts = ["a,b,y\n1,2,no\n3,4,yes", "a,b,y\r\n5,6,maybe\r\n", "a,b,y\n", "a,b,y\n\n7,x,no\n"]
    var files = texts.enumerated().map { (name: "part-\($0).csv", bytes: Array($1.utf8)) }
    files[1] = ("part-1.csv.gz", gzipped(files[1].bytes))
    // Of another name, which the pattern leaves out.
    files.append(("other.csv", Array("z\n1\n".utf8)))
    var options = DataOptions()
    options.roles.categorical = ["b"]
    let data = try with(files, "part-*") { try DataFile.read($0, options) }
    let one = try csv("a,b,y\n1,2,no\n3,4,yes\n5,6,maybe\n7,x,no\n", options)
    #expect(features(data) == features(one))
    #expect(labels(data) == ["no", "yes", "maybe", "no"])
    #expect(data.featureNames == one.featureNames)
  }

  /// Rows that say the same as the first of another file are rows.
  @Test func tablesWithoutNames() throws {
    let data = try with(["1,2,0\n3,4,1\n", "1,2,0\n5,6,1\n"]) { try DataFile.read($0) }
    #expect(features(data) == [1, 2, 3, 4, 1, 2, 5, 6])
  }

  @Test func sparseRows() throws {
    let data = try with(["+1 1:2\n-1 3:4", "+1 2:1\n"], "svm") { try DataFile.read($0) }
    #expect(data.features.rows == 3)
    #expect(labels(data) == ["1", "-1", "1"])
  }

  @Test func errorsOfRowsNameFileAndLine() throws {
    let texts = ["a,b,y\n1,2,0\n3,4,1\n", "# nothing\n\na,b,y\n1,2,0\n5,oops,1\n"]
    var options = DataOptions()
    options.form.comment = "#"
    let error = try with(texts) { path in failure { _ = try DataFile.read(path, options) } }
    #expect(error.file.hasSuffix("/part-1.csv"))
    #expect(error.place == .cell(line: 5, column: 2, header: "b"))
    let sparse = try with(["1 1:2\n", "1 1:2\n\n0 1:x\n"], "svm") { path in
      failure { _ = try DataFile.read(path) }
    }
    #expect(sparse.file.hasSuffix("/part-1.svm"))
    #expect(sparse.place == .cell(line: 3, column: 5, header: nil))
  }

  @Test(arguments: [
    ("a,c,y\n1,2,0\n", "column 2 is 'c', and 'b' in"), ("a,y\n1,0\n", "has 2 columns, and"),
    ("1,2,0\n", "column 1 is '1', and 'a' in"), ("a;b;y\n1;2;0\n", ""),
  ])
  func tablesThatDisagree(_ text: String, _ words: String) throws {
    let error = try with(["a,b,y\n1,2,0\n3,4,1\n", text]) { path in failure { _ = try DataFile.read(path) } }
    #expect(error.file.hasSuffix("/part-1.csv"))
    #expect(error.problem.hasPrefix(words))
  }

  @Test func noFile() throws {
    let error = try with(["1,0\n"]) { path in
      failure { _ = try DataFile.read(path.replacing("part", with: "day")) }
    }
    #expect(error.kind == .noInput)
    #expect(error.problem == "no file has such a name")
  }

  /// A file of that very name is no pattern, and a pattern of one file is that file.
  @Test func oneFile() throws {
    let odd: (name: String, bytes: [UInt8]) = ("a*.csv", Array("1,2,0\n".utf8))
    #expect(try with([odd, ("ab.csv", Array("3,4,1\n".utf8))], "a*.csv") { try DataFile.read($0).rows } == 1)
    let error = try with(["1,x,0\n"]) { path in failure { _ = try DataFile.read(path) } }
    #expect(error.file.hasSuffix("/part-0.csv"))
  }

  @Test func formatsThatAreNotRead() throws {
    let file: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 1, 7]
    let error = try with([("a.idx", file), ("b.idx", file)], "*.idx") { path in
      failure { _ = try DataFile.read(path, DataOptions(format: .idx)) }
    }
    #expect(error.problem == "names 2 files, and such of IDX are not read as one")
  }

  /// As the reader of rows finds them.
  static let arrays = [
    (
      name: "x-0.npy",
      bytes: npy("<f4", "(2, 2)", [Float(1), 2, 3, 4].flatMap { littleEndian($0.bitPattern) })
    ),
    (name: "x-1.npy", bytes: npy("<f4", "(1, 2)", [Float(5), 6].flatMap { littleEndian($0.bitPattern) })),
    (name: "y-0.npy", bytes: npy("<i8", "(2,)", [Int64(7), -3].flatMap { littleEndian($0) })),
    (name: "y-1.npy", bytes: npy("<i8", "(1,)", littleEndian(Int64(5)))),
  ]

  private func read(
    _ files: [(name: String, bytes: [UInt8])], labels: String = "y-*.npy",
    _ change: (inout DataOptions) -> Void = { _ in }
  ) throws -> Dataset {
    try with(files, "x-*.npy") { path in
      var options = DataOptions(labelsPath: path.replacing("x-*.npy", with: labels))
      change(&options)
      return try DataFile.read(path, options)
    }
  }

  @Test func arraysAndTheirLabels() throws {
    let data = try read(Self.arrays)
    #expect(features(data) == [1, 2, 3, 4, 5, 6])
    #expect(labels(data) == ["7", "-3", "5"])
    #expect(data.classNames == ["-3", "5", "7"])
    #expect(data.features is ShardedStorage)
    let numbers = try read(Self.arrays) { $0.target = .numbers }
    #expect(numbers.targets == .values([7, -3, 5]))
    let one = Self.arrays + [(name: "y.txt", bytes: Array("no\nyes\nno\n".utf8))]
    #expect(labels(try read(one, labels: "y.txt")) == ["no", "yes", "no"])
  }

  @Test func labelsAsText() throws {
    let texts = [
      (name: "y-0.txt", bytes: Array("no\nyes\n".utf8)), (name: "y-1.txt", bytes: Array("maybe\n".utf8)),
    ]
    let data = try read(Self.arrays + texts, labels: "y-*.txt")
    #expect(labels(data) == ["no", "yes", "maybe"])
    #expect(data.classNames == ["maybe", "no", "yes"])
  }

  @Test func missingNumbers() throws {
    var files = Self.arrays
    files[1].bytes = npy("<f4", "(1, 2)", [Float(5), .nan].flatMap { littleEndian($0.bitPattern) })
    let data = try read(files) { $0.missing = .mean }
    #expect(features(data) == [1, 2, 3, 4, 5, 3])
  }

  @Test(arguments: [
    (
      1, npy("<f8", "(1, 2)", [5.0, 6].flatMap { littleEndian($0.bitPattern) }),
      "its numbers are of the type <f8"
    ),
    (1, npy("<f4", "(1, 1)", littleEndian(Float(5).bitPattern)), "a row has 1 numbers"),
    (3, npy("<i8", "(2,)", [Int64(7), -3].flatMap { littleEndian($0) }), "2 labels for the 1 row of"),
    (3, npy("<f8", "(1,)", littleEndian(0.5.bitPattern)), "the label 0.5 is not a whole number"),
    (3, npy("<U1", "(1,)", littleEndian(UInt32(65))), "its labels are text"),
  ])
  func arraysThatDisagree(_ file: Int, _ bytes: [UInt8], _ words: String) throws {
    var files = Self.arrays
    files[file].bytes = bytes
    let error = failure { _ = try read(files) }
    #expect(error.file.hasSuffix(files[file].name))
    #expect(error.problem.hasPrefix(words), "\(error)")
  }

  @Test func filesOfLabelsThatAreTooFew() throws {
    let files = Self.arrays + [(name: "x-2.npy", bytes: Self.arrays[1].bytes)]
    let error = failure { _ = try read(files) }
    #expect(error.problem == "names 2 files of labels for 3 files of rows")
  }

  /// Blocks do not end where files do.
  @Test func streams() throws {
    try with(Self.arrays, "x-*.npy") { path in
      let stream = try DataFile.stream(path, DataOptions(target: .ignored), as: Double.self)
      let first = try #require(try stream.next(2))
      #expect((first.firstRow, first.rows) == (0, 2))
      let second = try #require(try stream.next(2))
      #expect((second.firstRow, second.rows) == (2, 1))
      #expect(try stream.next(2) == nil)
      let all = try #require(
        try DataFile.stream(path, DataOptions(target: .ignored), as: Double.self).next(9))
      #expect(all.features.elements == [1, 2, 3, 4, 5, 6])
    }
  }
}
