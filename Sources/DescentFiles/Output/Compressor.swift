/// Compresses bytes that come in pieces.
protocol Compressor: AnyObject {
  /// What can be written of all that came so far, `bytes` last; at the end all of it.
  func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8]
}

extension Compression {
  /// The one that a file's name asks for by its ending, `.gz` or `.zst`; nil where it asks for none.
  init?(ending path: String) {
    if path.lowercased().hasSuffix(".gz") {
      self = .gzip
    } else if path.lowercased().hasSuffix(".zst") {
      self = .zstd
    } else {
      return nil
    }
  }

  func compressor() -> any Compressor {
    switch self {
    case .gzip: GzipCompressor()
    case .zstd: ZstdCompressor()
    }
  }
}
