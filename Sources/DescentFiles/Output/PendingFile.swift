internal import Descent
internal import Glibc

/// A file that is being written under another name, beside the place that it is to take.
///
/// ``complete()`` brings it to the disk, ``take(keepingOld:)`` gives it its name, ``putBack()`` takes that away again, and
/// ``discard()`` removes what is left over. Standard output, pipes and devices are written straight through.
final class PendingFile {
  /// The path that the user gave.
  let path: String
  let output: OutputFile
  private var place: Place?
  /// Keeps the lock that tells others that somebody still writes, when the output itself is closed.
  private var lock: Int32 = -1
  private var hasTaken = false
  private var wayBack = WayBack.none

  /// Names in one folder.
  private struct Place {
    let folder: String
    let target: String
    var temporary: TemporaryName
    /// Whether the file has its temporary name: from the start, or since it is whole.
    var isNamed: Bool
  }

  /// How what was there before comes back: by its second name, by removing the new file, or not.
  private enum WayBack { case rename, remove, none }

  /// - Throws: ``FileError`` of kind `cannotCreate` where there is no place for the file.
  init(_ path: String, compressedBy compression: Compression? = nil) throws(FileError) {
    self.path = path
    switch try Destination(path) {
    case .stream(let descriptor):
      let name = path == "-" ? "standard output" : path
      output = OutputFile(descriptor, name: name, compressedBy: compression)
      place = nil
    case .file(let target, let mode):
      let folder = Self.folder(of: target)
      let (descriptor, temporary, isNamed) = try Self.create(
        in: folder, for: path, target: target)
      output = OutputFile(descriptor, name: path, compressedBy: compression)
      place = Place(folder: folder, target: target, temporary: temporary, isNamed: isNamed)
      lock = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
      if let mode, fchmod(descriptor, mode) != 0 {
        let code = errno
        discard()
        throw failure(code)
      }
    }
  }

  deinit {
    if lock >= 0 { close(lock) }
  }

  /// Brings all of it to the disk, under its temporary name, and closes it.
  func complete() throws(FileError) {
    try output.finish(synchronized: place != nil) { () throws(FileError) in
      guard var place, !place.isNamed else { return }
      guard Self.link(output.descriptor, to: &place.temporary) else { throw failure(errno) }
      place.isNamed = true
      self.place = place
    }
  }

  /// Gives it its name.
  ///
  /// - Parameter keepingOld: What had the name before gets a second one, so that it can be put back.
  func take(keepingOld: Bool) throws(FileError) {
    guard let place else { return }
    if keepingOld {
      // One that a killed process left would be in the way.
      unlink(place.temporary.old)
      if Glibc.link(place.target, place.temporary.old) == 0 {
        wayBack = .rename
      } else if errno == ENOENT {
        wayBack = .remove
      }
    }
    if rename(place.temporary.path, place.target) != 0 { throw failure(errno) }
    hasTaken = true
  }

  /// Takes the name away again, and gives it to what had it before; false where that cannot be.
  func putBack() -> Bool {
    guard let place, hasTaken else { return true }
    switch wayBack {
    case .rename: return rename(place.temporary.old, place.target) == 0
    case .remove: return unlink(place.target) == 0
    case .none: return false
    }
  }

  /// Removes what has none of the names that were asked for.
  func discard() {
    guard let place else { return }
    if !hasTaken, place.isNamed { unlink(place.temporary.path) }
    if wayBack == .rename { unlink(place.temporary.old) }
  }

  /// Brings the new name to the disk. File systems that cannot are left alone.
  func synchronizeFolder() throws(FileError) {
    guard let place else { return }
    let descriptor = open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS { throw failure(errno) }
  }

  private func failure(_ code: Int32) -> FileError {
    FileError(.inputOutput, path, "cannot be written: \(reason(code))", code: code)
  }
}
