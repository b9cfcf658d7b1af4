import Glibc

/// Files in memory, for what reads by a path.
enum MemoryFile {
  /// Calls `body` with the path of a file that holds `bytes`.
  ///
  /// - Parameter ending: What the path ends in, where that matters. Such a name is left behind by a crash.
  static func withPath<Failure: Error>(
    _ bytes: [UInt8], ending: String? = nil, _ body: (String) throws(Failure) -> Void
  ) throws(Failure) {
    // The name goes at once: what was opened lives on under its descriptor alone.
    let name = "/descent-fuzz-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    precondition(descriptor >= 0, "no file in memory: \(errno)")
    shm_unlink(name)
    defer { close(descriptor) }
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    precondition(written == bytes.count, "wrote \(written) of \(bytes.count) bytes")
    let path = "/proc/self/fd/\(descriptor)"
    guard let ending else { return try body(path) }
    let link = "/dev/shm\(name)\(ending)"
    precondition(symlink(path, link) == 0, "no link to a file in memory: \(errno)")
    defer { unlink(link) }
    try body(link)
  }
}
