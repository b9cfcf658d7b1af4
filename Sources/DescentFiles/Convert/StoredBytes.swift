internal import Descent
import LinearAlgebra

/// Numbers in Double as the bytes of another type.
struct StoredBytes {
  let type: NumberType
  let isBigEndian: Bool
  let file: String

  /// - Parameter firstRow: the number of the first row, for the message where a number does not fit.
  func bytes(_ rows: Matrix<Double>, firstRow: Int) throws(FileError) -> [UInt8] {
    var misfit: Int?
    let result =
      switch type {
      case .uint8: stored(rows, &misfit) { UInt8(exactly: $0) }
      case .float16:
        stored(rows, &misfit) { number in
          let half = Float16(number)
          return half.isFinite ? half.bitPattern : nil
        }
      case .float32:
        stored(rows, &misfit) { number in
          let float = Float(number)
          return float.isFinite ? float.bitPattern : nil
        }
      case .float64: stored(rows, &misfit) { $0.bitPattern }
      default: preconditionFailure("\(type) is not written; \(NumberType.written) are")
      }
    if let index = misfit {
      let number = rows.elements[rows.elements.startIndex + index]
      throw FileError(
        .badData, file,
        "row \(firstRow + index / rows.columns), number \(index % rows.columns) is \(shortest(number)), which \(type.rawValue) does not hold",
        remedy: "choose another \(.type)")
    }
    return result
  }

  /// The bits of all numbers, up to the first that has none, whose place `misfit` then is.
  @inline(__always)
  private func stored<Bits: FixedWidthInteger>(
    _ rows: Matrix<Double>, _ misfit: inout Int?, _ bits: (Double) -> Bits?
  ) -> [UInt8] {
    let size = MemoryLayout<Bits>.size
    return [UInt8](unsafeUninitializedCapacity: rows.elements.count * size) { bytes, count in
      let memory = UnsafeMutableRawBufferPointer(bytes)
      rows.elements.withUnsafeBufferPointer { numbers in
        for (index, number) in numbers.enumerated() {
          guard let bits = bits(number) else { return misfit = index }
          memory.storeBytes(
            of: isBigEndian ? bits.bigEndian : bits.littleEndian, toByteOffset: index * size, as: Bits.self)
          count += size
        }
      }
    }
  }
}
