import ArgumentParser
import DescentFiles
import Foundation

/// A file that a command writes.
struct Output {
  /// As `--output`.
  let option: String
  let path: String
  let kind: OutputKind

  /// Nil where no such file was asked for.
  init?(_ option: String, _ path: String?, _ kind: OutputKind) {
    guard let path else { return nil }
    (self.option, self.path, self.kind) = (option, path, kind)
  }

  /// That its name ends as such files do.
  func checkName() throws(ValidationError) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let hasEnding = name.dropFirst().contains(".")
    guard path != "-", !kind.endings.isEmpty, hasEnding || kind.needsEnding else { return }
    try Usage.require(
      kind.endings.contains { name.hasSuffix($0) },
      "\(option) must end in \(kind.endings.joined(separator: " or ")), not '\(path)'")
  }

  /// Before an hour of work for it: that it can be written, and that nothing is lost by it.
  func check(against inputs: [String?], isForced: Bool) throws(Failure) {
    if path == "-" { return try StandardStreams.checkOutput() }
    let file = FileIdentity(path)
    // Which files a pattern names is told once they are read.
    let read = inputs.compactMap(\.self).flatMap { (try? DataFile.files(of: $0)) ?? [] }
    if let file, read.contains(where: { FileIdentity(MemberPath($0).file) == file }) {
      throw Failure(.cannotCreate, "\(path): is read by this command; name another file for the output")
    }
    if file?.isFolder == true || path.hasSuffix("/") {
      throw Failure(.cannotCreate, "\(path): is a folder; name a file in it for the output")
    }
    let folder = Self.folder(of: path)
    if !FileManager.default.fileExists(atPath: folder) {
      throw Failure(.cannotCreate, "\(path): there is no folder '\(folder)'; make it first")
    }
    if file == nil, access(folder, W_OK) != 0 {
      let reason = String(cString: strerror(errno))
      throw Failure(.cannotCreate, "\(path): the folder may not be written to: \(reason); choose another")
    }
    // Pipes and devices are written to, and an empty file holds nothing to be lost.
    guard let file, file.isRegular, file.size > 0, !isForced, !kind.isOwn(path) else { return }
    let reason = kind.noun.map { ", and is no \($0)" } ?? ""
    throw Failure(
      .cannotCreate, "\(path): is there already\(reason); name another file, or add --force to replace it")
  }

  /// NSString's deletingLastPathComponent crashes on names of one letter (Swift 6.3 on Linux).
  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension [Output?] {
  /// Their names, which the command line alone tells: for `validate()`.
  func checkNames() throws(ValidationError) {
    var options: [String: String] = [:]
    for case let output? in self {
      let place = output.path == "-" ? "-" : URL(fileURLWithPath: output.path).resolvingSymlinksInPath().path
      if let other = options.updateValue(output.option, forKey: place), !place.hasPrefix("/dev/") {
        if place == "-" {
          throw ValidationError(
            "\(other) and \(output.option) both write to standard output; give one a file")
        }
        throw ValidationError("\(other) and \(output.option) name the same file")
      }
    }
    for case let output? in self { try output.checkName() }
  }
}

/// What tells a file from others, whatever the name that it goes by.
private struct FileIdentity: Equatable {
  let device, number: UInt64
  let isFolder, isRegular: Bool
  let size: Int

  /// Nil where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int(status.st_size))
    (isFolder, isRegular) = (status.st_mode & S_IFMT == S_IFDIR, status.st_mode & S_IFMT == S_IFREG)
  }

  static func == (a: FileIdentity, b: FileIdentity) -> Bool {
    (a.device, a.number) == (b.device, b.number)
  }
}
