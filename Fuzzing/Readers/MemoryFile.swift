import Glibc

/// Files in memory, for what reads by a path.
enum MemoryFile {
  /// Calls `body` with the path of a file that holds `bytes`.
  static func withPath<Failure: Error>(
    _ bytes: [UInt8], _ body: (String) throws(Failure) -> Void
  ) throws(Failure) {
    // The name goes at once: what was opened lives on under its descriptor alone.
    let name = "/descent-fuzz-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    precondition(descriptor >= 0, "no file in memory: \(errno)")
    shm_unlink(name)
    defer { close(descriptor) }
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    precondition(written == bytes.count, "wrote \(written) of \(bytes.count) bytes")
    try body("/proc/self/fd/\(descriptor)")
  }
}
