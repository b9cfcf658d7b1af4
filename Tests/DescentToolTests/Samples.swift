import CSQLite
import CZlib

/// Small files of data.
enum Samples {
  /// Three classes of points in a plane, far apart, with a header.
  static let points = """
    x,y,kind
    1,0,a
    1.5,0.25,a
    0.5,0.5,a
    9,0,b
    9.5,1,b
    8,0.5,b
    0,9,c
    1,9.5,c
    0.25,8,c

    """

  /// y = 2·x + 1, with halves so that the column is read as numbers.
  static let line = "x,y\n" + (0..<20).map { "\(Double($0) / 4),\(Double($0) / 2 + 1.25)\n" }.joined()

  /// An IDX file of bytes.
  static func idx(_ dimensions: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)]
      + dimensions.flatMap { d in (0..<4).map { UInt8(truncatingIfNeeded: d >> (24 - 8 * $0)) } } + bytes
  }

  /// Images of 2×2 pixels: one class bright at the top, the other at the bottom.
  static func images(_ count: Int) -> [UInt8] {
    idx(
      [count, 2, 2],
      (0..<count).flatMap { i -> [UInt8] in
        let bright = UInt8(200 + i % 50)
        return i % 2 == 0 ? [bright, bright, 3, 0] : [0, 2, bright, bright]
      })
  }

  static func labels(_ count: Int) -> [UInt8] { idx([count], (0..<count).map { UInt8($0 % 2) }) }

  /// An array of NumPy's, version 1.0.
  static func npy(_ descr: String, _ shape: String, _ payload: [UInt8]) -> [UInt8] {
    var header = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }".utf8)
    header += Array(repeating: 0x20, count: 117 - header.count) + [0x0a]
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header + payload
  }

  /// Numbers of three features about a corner for each of two classes, and their labels.
  static func corners(_ count: Int) -> (features: [UInt8], labels: [UInt8]) {
    let numbers = (0..<3 * count).map { (index: Int) -> Float in
      let (row, column) = (index / 3, index % 3)
      return Float((row * 7 + column * 5) % 11 + row % 2 * 6)
    }
    return (
      npy("<f4", "(\(count), 3)", numbers.withUnsafeBytes { Array($0) }),
      npy("|u1", "(\(count),)", (0..<count).map { UInt8($0 % 2) })
    )
  }

  /// Makes a database `d.db` in `folder` by these statements.
  static func database(_ statements: String, in folder: Folder) {
    var connection: OpaquePointer?
    precondition(sqlite3_open("\(folder.path)/d.db", &connection) == SQLITE_OK)
    precondition(sqlite3_exec(connection, statements, nil, nil, nil) == SQLITE_OK, statements)
    sqlite3_close(connection)
  }

  /// gzip's format.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)
    )
    defer { deflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: bytes.count + 1024))
    let capacity = output.count
    input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        (stream.next_in, stream.avail_in) = (from.baseAddress, UInt32(from.count))
        (stream.next_out, stream.avail_out) = (to.baseAddress, UInt32(to.count))
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END, "zlib: \(status)")
      }
    }
    return Array(output.prefix(capacity - Int(stream.avail_out)))
  }
}
