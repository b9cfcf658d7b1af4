import Descent
import Foundation
import Testing

@testable import DescentFiles

@Suite struct InputTests {
  @Test func namesWhatCannotBeOpened() throws {
    try withTemporaryFolder { folder in
      symlink("\(folder)/loop", "\(folder)/loop")
      let cases = [
        ("\(folder)/missing.csv", "there is no such file; check the path"),
        (folder, "is a directory; name a file in it"),
        ("\(folder)/loop", "cannot be opened: Too many levels of symbolic links"),
      ]
      for (path, message) in cases {
        let error = failure { _ = try DataFile.read(path) }
        #expect(error.kind == .noInput)
        #expect(error.description == "\(path): \(message)")
      }
    }
  }

  @Test func nothingComesFromTheNullDevice() {
    let error = failure { _ = try DataFile.read("/dev/null", DataOptions(format: .csv)) }
    #expect(error.description == "/dev/null: there are no rows of data; check that it is the right file")
  }

  @Test func readsAPipeThatDeliversInPieces() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/pipe.csv"
      #expect(mkfifo(path, 0o600) == 0)
      let writer = Thread {
        let file = open(path, O_WRONLY)
        for byte in Array("a,b\n1,x\n2,y\n".utf8) {
          withUnsafeBytes(of: byte) { _ = Foundation.write(file, $0.baseAddress, 1) }
          usleep(200)
        }
        close(file)
      }
      writer.start()
      let data = try DataFile.read(path)
      #expect(labels(data) == ["x", "y"])
    }
  }

  @Test func reportsProgress() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/data.csv"
      let bytes = Array(String(repeating: "1,2,a\n", count: 1 << 19).utf8)
      try write(bytes, to: path)
      var steps: [Int] = []
      _ = try DataFile.read(path) { read, total in
        #expect(total == bytes.count)
        steps.append(read)
      }
      #expect(steps.count > 3)
      #expect(steps == steps.sorted())
      #expect(steps.last == bytes.count)
    }
  }

  @Test func aFileThatShrinksIsAnError() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/data.csv"
      try write(Array(String(repeating: "1,2,a\n", count: 1 << 20).utf8), to: path)
      let error = failure {
        _ = try DataFile.read(path) { read, _ in if read > 1 << 20 { truncate(path, 1 << 20) } }
      }
      #expect(error.kind == .inputOutput)
      #expect(error.problem.hasPrefix("shrank while it was read"))
    }
  }

  @Test func messagesStayOnOneLine() throws {
    let error = failure { _ = try DataFile.read("no\nfile\u{7}.csv") }
    #expect(error.description == "no\\nfile\\u{07}.csv: there is no such file; check the path")
  }
}

@Suite struct DataFileTests {
  private let table = Array("1,2,a\n3,4,b\n".utf8)

  @Test func tellsTheFormatByTheName() throws {
    try withTemporaryFolder { folder in
      for name in ["x.csv", "X.CSV", "a.b.csv", "x.csv.gz"] {
        try write(name.hasSuffix("gz") ? gzipped(table) : table, to: "\(folder)/\(name)")
        #expect(try DataFile.read("\(folder)/\(name)").rows == 2)
      }
      let tabs = table.map { $0 == UInt8(ascii: ",") ? 9 : $0 }
      try write(tabs, to: "\(folder)/x.tsv")
      #expect(try DataFile.read("\(folder)/x.tsv").rows == 2)
      // Whatever the name says, gzip is told by its bytes.
      try write(table, to: "\(folder)/plain.csv.gz")
      try write(gzipped(table), to: "\(folder)/packed.csv")
      #expect(try DataFile.read("\(folder)/plain.csv.gz").rows == 2)
      #expect(try DataFile.read("\(folder)/packed.csv").rows == 2)
    }
  }

  @Test func asksForTheFormatWhereNothingTellsIt() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.dat"
      try write(Array("a line\nand, another\n".utf8), to: path)
      #expect(
        failure { _ = try DataFile.read(path) }.remedy.description.hasPrefix(
          "give it with 'format': csv, tsv, "))
      // The first lines of a table tell.
      try write(table, to: path)
      #expect(try DataFile.read(path).rows == 2)
    }
  }

  @Test func labelsOfATableAreInIt() throws {
    try withTemporaryFolder { folder in
      try write(table, to: "\(folder)/x.csv")
      let error = failure { _ = try DataFile.read("\(folder)/x.csv", DataOptions(labelsPath: "y")) }
      #expect(error.problem == "a table holds its labels in a column")
    }
  }
}
