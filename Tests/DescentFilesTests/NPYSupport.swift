@testable import DescentFiles

/// An NPY file, as numpy.save of version 1.26 lays it out: the header padded with spaces to 64 bytes.
func npy(
  _ descr: String, _ shape: String, _ payload: [UInt8] = [], isFortran: Bool = false,
  version: (UInt8, UInt8) = (1, 0)
) -> [UInt8] {
  npy(
    header: "{'descr': '\(descr)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': \(shape), }",
    payload, version: version)
}

func npy(header: String, _ payload: [UInt8] = [], version: (UInt8, UInt8) = (1, 0)) -> [UInt8] {
  let sizes = version.0 == 1 ? 2 : 4
  let padding = (64 - (8 + sizes + header.utf8.count + 1) % 64) % 64
  let text = Array(header.utf8) + Array(repeating: 0x20, count: padding) + [0x0a]
  return [0x93] + Array("NUMPY".utf8) + [version.0, version.1]
    + littleEndian(UInt32(text.count)).prefix(sizes) + text + payload
}

func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
