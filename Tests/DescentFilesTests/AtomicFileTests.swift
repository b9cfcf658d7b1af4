import Descent
import Foundation
import Testing

@testable import DescentFiles

@Suite struct AtomicFileTests {
  private struct Stopped: Error {}

  private func mode(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func writesAllOrNothing() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model"
      try AtomicFile.write(path) { file in
        try file.write("first ")
        try file.write([UInt8](repeating: 65, count: 200_000))
      }
      let expected = Array("first ".utf8) + [UInt8](repeating: 65, count: 200_000)
      let written = try contents(of: path)
      #expect(written == expected)
      #expect(throws: Stopped.self) {
        try AtomicFile.write(path) { file in
          try file.write([UInt8](repeating: 66, count: 200_000))
          throw Stopped()
        }
      }
      let kept = try contents(of: path)
      #expect(kept == expected)
      let left = try names(in: folder)
      #expect(left == ["model"])
    }
  }

  @Test func keepsTheModeOfAFileAndTheDefaultOfANewOne() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("\(folder)/new", "x".utf8)
      let mask = umask(0)
      umask(mask)
      #expect(mode(of: "\(folder)/new") == 0o666 & ~mask)
      chmod("\(folder)/new", 0o640)
      try AtomicFile.write("\(folder)/new", "y".utf8)
      #expect(mode(of: "\(folder)/new") == 0o640)
    }
  }

  @Test func replacesWhatALinkLeadsTo() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/there", withIntermediateDirectories: false)
      try AtomicFile.write("\(folder)/there/file", "old".utf8)
      symlink("there/file", "\(folder)/link")
      try AtomicFile.write("\(folder)/link", "new".utf8)
      let written = try contents(of: "\(folder)/there/file")
      #expect(written == Array("new".utf8))
      let link = try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link")
      #expect(link == "there/file")
      let left = try names(in: "\(folder)/there")
      #expect(left == ["file"])
    }
  }

  @Test func refusesWhatIsNoPlaceForAFile() throws {
    try withTemporaryFolder { folder in
      symlink("nowhere", "\(folder)/dangling")
      try write([1], to: "\(folder)/file")
      let long = String(repeating: "x", count: 300)
      let cases: [(path: String, message: String)] = [
        (folder, "is a folder; name a file in it"),
        ("\(folder)/", "is a folder; name a file in it"),
        ("\(folder)/missing/model", "there is no folder '\(folder)/missing'; create it first"),
        ("\(folder)/dangling", "is a link to a file that is not there; remove it"),
        ("\(folder)/file/model", "cannot be created: Not a directory"),
        ("\(folder)/\(long)", "cannot be created: File name too long"),
        ("", "the name is empty; name a file"),
      ]
      for (path, message) in cases {
        let error = failure { try AtomicFile.write(path, [1]) }
        #expect(error.kind == .cannotCreate)
        #expect(
          [error.problem, error.remedy.description].filter { !$0.isEmpty }.joined(separator: "; ") == message)
      }
      let left = try names(in: folder)
      #expect(left == ["dangling", "file"])
    }
  }

  /// The folder vanishes while the file is written: the new name cannot be taken.
  @Test func reportsAFailedRename() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/a", withIntermediateDirectories: false)
      let error = failure {
        try AtomicFile.write("\(folder)/a/model") { file in
          try file.write("x")
          rename("\(folder)/a", "\(folder)/b")
        }
      }
      #expect(error.kind == .inputOutput)
      #expect(error.code == ENOENT)
    }
  }

  /// The second of two files cannot take its name, which a folder took meanwhile: the first is as if nothing had been.
  @Test(arguments: [true, false]) func twoFilesOrNone(_ isThere: Bool) throws {
    try withTemporaryFolder { folder in
      let (first, second) = ("\(folder)/x", "\(folder)/y")
      if isThere { try write(Array("old".utf8), to: first) }
      let error = failure {
        try AtomicFile.write([(first, nil), (second, nil)]) { files in
          for file in files { try file.write("new") }
          try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: false)
        }
      }
      #expect(error == FileError(.inputOutput, second, "cannot be written: Is a directory", code: EISDIR))
      let left = try names(in: folder)
      #expect(left == (isThere ? ["x", "y"] : ["y"]))
      if isThere {
        let kept = try contents(of: first)
        #expect(kept == Array("old".utf8))
      }
      try FileManager.default.removeItem(atPath: second)
      try AtomicFile.write([(first, nil), (second, nil)]) { try $0[1].write("second") }
      let (written, empty) = (try contents(of: second), try contents(of: first))
      #expect(written == Array("second".utf8) && empty.isEmpty)
      let all = try names(in: folder)
      #expect(all == ["x", "y"])
    }
  }

  /// Nothing of two files is left where the second cannot be begun, or cannot be written to its end.
  @Test func secondOfTwoFails() throws {
    try withTemporaryFolder { folder in
      let first = "\(folder)/x"
      try write(Array("old".utf8), to: first)
      for second in ["\(folder)/missing/y", "/dev/full"] {
        let error = failure {
          try AtomicFile.write([(first, nil), (second, nil)]) { files in
            for file in files { try file.write("new") }
          }
        }
        #expect(error.file == second)
        let (left, kept) = (try names(in: folder), try contents(of: first))
        #expect(left == ["x"] && kept == Array("old".utf8))
      }
    }
  }

  /// What was there before cannot be kept: the error says which file stands.
  @Test func saysWhatStands() throws {
    try withTemporaryFolder { folder in
      let (first, second) = ("\(folder)/x", "\(folder)/y")
      try write(Array("old".utf8), to: first)
      let files = [try PendingFile(first), try PendingFile(second)]
      for file in files { try file.complete() }
      // Somebody has the second name that it was to get.
      for name in try names(in: folder) where name.hasSuffix(".tmp") {
        let second = "\(folder)/\(name).old"
        try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: false)
      }
      try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: false)
      let error = failure { try AtomicFile.take([files[0], files[1]]) }
      #expect(error.remedy.description == "'\(first)' is there already, and goes with what was not written")
      for file in files { file.discard() }
    }
  }

  /// A process that is killed between the two names of a file leaves it with the first: the next file for that target takes that name.
  /// One that is still being written keeps its own.
  @Test func whatAKilledProcessLeftGoes() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x"
      let (first, second) = (try PendingFile(path), try PendingFile(path))
      try first.complete()
      try second.complete()
      let names = try names(in: folder)
      #expect(names.count == 2 && names.allSatisfy { $0.hasSuffix(".tmp") })
      first.discard()
      // What has no name yet takes none away.
      try PendingFile(path).discard()
      let others = try self.names(in: folder)
      #expect(others == names.filter { others.contains($0) } && others.count == 1)
      second.discard()
      // Without a lock, as the system leaves it. The name tells nothing of the writer, so that the next one finds it.
      for name in names { try write([1], to: "\(folder)/\(name)") }
      try AtomicFile.write(path, [2])
      let left = try self.names(in: folder)
      #expect(left.count == 2 && left.contains("x") && Set(left).isSubset(of: names + ["x"]))
    }
  }

  @Test func writesStraightToPipesAndDevices() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try AtomicFile.write(path, "data".utf8)
      var bytes = [UInt8](repeating: 0, count: 10)
      #expect(read(reader, &bytes, 10) == 4)
      #expect(bytes.prefix(4).elementsEqual("data".utf8))
      let left = try names(in: folder)
      #expect(left == ["pipe"])
      try AtomicFile.write("/dev/null", "x".utf8)
      #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    }
  }

  @Test func aFullDeviceIsAnError() {
    let error = failure { try AtomicFile.write("/dev/full", "x".utf8) }
    #expect(error.kind == .inputOutput)
    #expect(error.description == "/dev/full: cannot be written: No space left on device")
  }
}
