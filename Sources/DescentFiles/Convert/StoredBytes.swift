import LinearAlgebra

/// Numbers in Double as the bytes of another type.
struct StoredBytes {
  let type: StoredType
  let isBigEndian: Bool
  let file: String

  /// - Parameter firstRow: the number of the first row, for the message where a number does not fit.
  func bytes(_ rows: Matrix<Double>, firstRow: Int) throws(FileError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(rows.elements.count * type.size)
    for (index, number) in rows.elements.enumerated() {
      guard append(number, to: &result) else {
        throw FileError(
          .badData, file,
          "row \(firstRow + index / rows.columns), number \(index % rows.columns) is \(shortest(number)), which \(type.rawValue) does not hold",
          remedy: "choose another --type")
      }
    }
    return result
  }

  private func append(_ number: Double, to bytes: inout [UInt8]) -> Bool {
    switch type {
    case .uint8:
      guard let byte = UInt8(exactly: number) else { return false }
      bytes.append(byte)
    case .float16:
      let half = Float16(number)
      guard half.isFinite else { return false }
      append(half.bitPattern, &bytes)
    case .float32:
      let float = Float(number)
      guard float.isFinite else { return false }
      append(float.bitPattern, &bytes)
    case .float64: append(number.bitPattern, &bytes)
    }
    return true
  }

  private func append(_ bits: some FixedWidthInteger, _ bytes: inout [UInt8]) {
    withUnsafeBytes(of: isBigEndian ? bits.bigEndian : bits.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
