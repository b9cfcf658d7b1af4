/// The formats of compressed bytes that are inflated as they are read.
enum Compression: String, CaseIterable {
  case gzip, zstd

  /// What such bytes start with.
  var magic: [UInt8] {
    switch self {
    case .gzip: [0x1f, 0x8b]
    case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
    }
  }

  /// One byte makes at most so many. Deflate codes 258 bytes by two bits, with some loss; a block of zstd
  /// takes four bytes for 128 KiB of one value.
  private var greatestRatio: Int {
    switch self {
    case .gzip: 1032
    case .zstd: 1 << 15
    }
  }

  /// No more bytes than this can come of those of `source`, where their number is known.
  func bound(_ source: any ByteSource) -> Int? { source.bound.map { bound(of: $0) } }

  /// No more bytes than this can come of `count`.
  func bound(of count: Int) -> Int {
    let product = count.multipliedReportingOverflow(by: greatestRatio)
    return product.overflow ? .max : product.partialValue
  }

  /// A source of what comes of `front`, which has been read already, and the rest of `source`: `limit` bytes
  /// at most.
  func inflated(_ front: ArraySlice<UInt8>, _ source: any ByteSource, limit: Int) -> any ByteSource {
    switch self {
    case .gzip: GzipSource(front: front, source, limit: limit)
    case .zstd: ZstdSource(front: front, source, limit: limit)
    }
  }
}

/// What a file of `size` bytes will probably inflate to, where its first `read` ones made `inflated`.
func expectedSize(of size: Int, read: Int, inflated: Int) -> Int {
  Int(min(0x1p62, Double(size) * Double(inflated) / Double(max(1, read))))
}
