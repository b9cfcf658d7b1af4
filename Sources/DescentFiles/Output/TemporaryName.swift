internal import Descent
internal import Glibc

/// The name of a file until it takes the one of its target: in the target's folder, and always the same for that target.
///
/// Whoever writes such a file holds a lock on it (flock(2)), which the system opens when the process ends, however it ends. A file of that
/// name without a lock was left by a process that was killed, and goes. Where two write to one target at once, the second takes a name of its own.
struct TemporaryName {
  private let folder: String
  private(set) var path: String

  init(in folder: String, for target: String) {
    self.folder = folder
    // A hash, because the target's name may be as long as names can be.
    let hash = ContentHash()
    hash.add(String(target.split(separator: "/").last ?? ""))
    path = "\(folder)/.descent-\(String(hash.value, radix: 16)).tmp"
  }

  /// Where what has the target's name may stand for a while.
  var old: String { path + ".old" }

  /// Makes the name free, or becomes another one.
  mutating func isTaken() {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0, isStill(descriptor), unlink(path) == 0 {
      return
    }
    path = "\(folder)/.descent-\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
  }

  /// Whether the name still is that of the file that was opened: nobody may have it who began since.
  private func isStill(_ descriptor: Int32) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }
}
