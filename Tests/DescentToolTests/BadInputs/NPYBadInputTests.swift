import Testing

extension BadInput {
  /// An array `x.npy`, and labels beside it.
  private static func npy(
    _ number: Int, _ what: String, _ bytes: [UInt8], labels: [UInt8], with options: String = "",
    _ expected: Expected
  ) -> BadInput {
    var bad = BadInput("npy-\(number)", what, "x.npy", bytes, "--labels y.npy --quiet " + options, expected)
    bad.others = ["y.npy": labels]
    return bad
  }

  /// The message stands behind `x.npy: `.
  static func npy(
    _ number: Int, _ what: String, _ bytes: [UInt8], labels: [UInt8] = Samples.npy("|u1", "(2,)", [0, 1]),
    with options: String = "", _ message: String
  ) -> BadInput {
    npy(number, what, bytes, labels: labels, with: options, .refused(65, "x.npy: " + message))
  }

  /// The message stands behind `y.npy: `; the array is of two rows.
  static func npy(_ number: Int, _ what: String, labels: [UInt8], _ message: String) -> BadInput {
    npy(
      number, what, Samples.npy("|u1", "(2, 1)", [0, 1]), labels: labels, .refused(65, "y.npy: " + message))
  }

  static func npy(_ number: Int, _ what: String, _ bytes: [UInt8], reads features: [Double]) -> BadInput {
    npy(number, what, bytes, labels: Samples.npy("|u1", "(2,)", [0, 1]), .accepted(features, ["0", "1"]))
  }
}

@Suite("Arrays that nobody meant: one line that names the byte and the remedy, and no output")
struct NPYBadInputTests {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let again = "save the array again with numpy.save"
  private static let types = "save it as uint8, float16, float32 or float64"

  /// A file of this header, of version 1.0 unless another is given.
  private static func file(
    _ header: String, _ payload: [UInt8] = [], version: (UInt8, UInt8) = (1, 0)
  ) -> [UInt8] {
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    let text = Array(header.utf8) + Array(repeating: 0x20, count: padding) + [0x0a]
    return magic + [version.0, version.1] + little(UInt16(text.count)) + text + payload
  }

  private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private static func big(_ number: some FixedWidthInteger) -> [UInt8] { little(number).reversed() }

  private static func npy(_ descr: String, _ shape: String, _ payload: [UInt8]) -> [UInt8] {
    Samples.npy(descr, shape, payload)
  }

  static let headers: [BadInput] = [
    .npy(40, "empty", [], "at byte 0: the file is empty; check that it is the right file"),
    .npy(41, "magic only", magic, "at byte 6: the file ends within the NPY header; copy the file again"),
    .npy(
      41, "half a length", magic + [1, 0, 7],
      "at byte 9: the file ends within the NPY header; copy the file again"),
    .npy(
      42, "wrong magic", Array("numpy, but not really".utf8),
      "at byte 0: is not an NPY file: it does not start with \\x93NUMPY; check the format"),
    .npy(
      43, "version 4.0",
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", version: (4, 0)),
      "at byte 6: NPY version 4.0 is not known; save it as version 1.0, 2.0 or 3.0"),
    .npy(
      44, "header longer than the file", magic + [1, 0, 118, 0] + Array("{'descr'".utf8),
      "at byte 18: the file ends within the NPY header, which is said to have 118 bytes; copy the file again"
    ),
    .npy(
      45, "a header of more than 10000 bytes", magic + [2, 0] + little(UInt32(10_001)),
      "at byte 8: the header is said to have 10001 bytes, more than 10000; save the array again"),
    .npy(
      46, "code", file("__import__('os').system('rm -rf /')"),
      "at byte 10: '{' is expected in the header; \(again)"),
    .npy(
      46, "code for a value", file("{'descr': '<f4', 'fortran_order': print(1), 'shape': (1, 1), }"),
      "at byte 44: fortran_order is neither True nor False; \(again)"),
    .npy(
      46, "something behind the dictionary",
      file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), } 1"),
      "at byte 70: something follows the dictionary; \(again)"),
    .npy(
      47, "missing key", file("{'descr': '<f4', 'shape': (1, 1), }"),
      "at byte 10: the key 'fortran_order' is missing; \(again)"),
    .npy(
      47, "unknown key", file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'more': 1}"),
      "at byte 68: there is a key 'more' that NPY does not have; \(again)"),
    .npy(
      47, "a key twice", file("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }"),
      "at byte 27: the key 'descr' comes twice; \(again)"),
    .npy(
      48, "a negative dimension", npy("<f4", "(-1, 2)", []),
      "at byte 61: a dimension is not a whole number of 0 or more; \(again)"),
    .npy(
      49, "a product beyond 64 bits", npy("<f8", "(4611686018427387904, 8)", []),
      "at byte 128: the header declares 4611686018427387904 × 8 numbers of 8 bytes, more than the file holds; 0 are there; copy the file again"
    ),
    .npy(
      49, "a dimension beyond 64 bits", npy("<f4", "(99999999999999999999, 2)", []),
      "at byte 61: a dimension is too large; \(again)"),
    .npy(
      50, "huge", npy("<f4", "(1000000000000, 784)", [0, 0, 0, 0]),
      "at byte 128: the header declares 1000000000000 × 784 numbers of 4 bytes, more than the file holds; 4 are there; copy the file again"
    ),
  ]

  static let payloads: [BadInput] = [
    .npy(
      51, "one byte short", npy("<f4", "(1, 2)", Array(repeating: 0, count: 7)),
      labels: npy("|u1", "(1,)", [0]),
      "at byte 128: the header declares 1 × 2 numbers of 4 bytes, more than the file holds; 7 are there; copy the file again"
    ),
    .npy(
      52, "a byte behind the end", npy("<f4", "(1, 2)", Array(repeating: 0, count: 9)),
      labels: npy("|u1", "(1,)", [0]),
      "at byte 136: more bytes follow than the header declares; copy the file again"),
    .npy(
      53, "objects", npy("|O", "(1, 2)", []), "at byte 20: the array holds Python objects ('|O'); \(types)"),
    .npy(
      53, "records", file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 2), }"),
      "at byte 20: the array holds records of several fields; save a plain array of numbers"),
    .npy(53, "text", npy("<U10", "(1, 2)", []), "at byte 20: the array holds text ('<U10'); \(types)"),
    .npy(54, "big-endian", npy(">i2", "(2, 2)", [0, 1, 0xff, 0xfe, 1, 0, 0, 4]), reads: [1, -2, 256, 4]),
    .npy(
      54, "column after column",
      file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }", [1, 2, 3, 4]), reads: [1, 3, 2, 4]),
    .npy(
      55, "no rows", npy("<f4", "(0, 2)", []),
      "the array of 0 × 2 is empty: there are no rows of data; check that it is the right file"),
    .npy(
      56, "no dimension", npy("<f4", "()", [0, 0, 0, 0]),
      "the array has no dimension, not [rows, features]; reshape it to two dimensions"),
    .npy(
      56, "one dimension", npy("|u1", "(2,)", [0, 0]),
      "the array has the shape 2, not [rows, features]; reshape it to two dimensions"),
    .npy(
      56, "five dimensions", npy("|u1", "(2, 2, 1, 1, 1)", [0, 0, 0, 0]),
      "the array has the shape 2 × 2 × 1 × 1 × 1, not [rows, features]; reshape it to two dimensions"),
    .npy(58, "halves", npy("<f2", "(2, 1)", [0, 0x3c, 0, 0xc0]), reads: [1, -2]),
    .npy(
      58, "complex numbers", npy("<c8", "(1, 2)", []),
      "at byte 20: the array holds complex numbers ('<c8'); \(types)"),
    .npy(
      58, "long doubles", npy("<f16", "(1, 2)", []),
      "at byte 20: the array holds floats of another size ('<f16'); \(types)"),
    .npy(
      58, "infinity, read", npy(">f4", "(2, 1)", big(Float(1).bitPattern) + big(Float.infinity.bitPattern)),
      "at byte 132: row 1, number 0 is infinity; fill in finite numbers that the precision can hold"),
    .npy(
      58, "NaN, mapped", npy("<f4", "(2, 1)", little(Float(1).bitPattern) + little(Float.nan.bitPattern)),
      "row 1, feature 0 is NaN; remove the row or fill the value in"),
    .npy(
      58, "too large for float, read", npy(">f8", "(2, 1)", big(1.0.bitPattern) + big(1e300.bitPattern)),
      with: "--precision float",
      "at byte 136: row 1, number 0 is 1e+300; fill in finite numbers that the precision can hold"),
    .npy(
      58, "too large for float, mapped",
      npy("<f8", "(2, 1)", little(1.0.bitPattern) + little(1e300.bitPattern)),
      with: "--precision float",
      "row 1, feature 0 is too large for single precision; use double precision or scale the column down"),
  ]

  static let labels: [BadInput] = [
    .npy(
      57, "more labels than rows", labels: npy("|u1", "(3,)", [0, 1, 1]),
      "3 labels for the 2 rows of x.npy; give the two files that belong together"),
    .npy(
      57, "a matrix of labels", labels: npy("|u1", "(2, 2)", [0, 0, 0, 0]),
      "the array has the shape 2 × 2, not that of labels; give an array of one number a row"),
    .npy(
      57, "a number for labels", labels: npy("|u1", "()", [0]),
      "holds one number, not one a row; give an array of one number a row"),
    .npy(
      57, "no labels", labels: npy("|u1", "(0,)", []), "there are no labels; check that it is the right file"),
    .npy(
      57, "labels with fractions",
      labels: npy("<f4", "(2,)", little(Float(1).bitPattern) + little(Float(0.5).bitPattern)),
      "at byte 132: the label 0.5 is not a whole number; fit numbers, as with --loss squared, or write class numbers"
    ),
    .npy(
      57, "a label that is no number",
      labels: npy("<f4", "(2,)", little(Float(1).bitPattern) + little(Float.nan.bitPattern)),
      "at byte 132: row 1, number 0 is NaN; fill in finite numbers that the precision can hold"),
    .npy(
      57, "labels cut off", labels: npy("<f4", "(2,)", [0, 0, 0, 0, 0]),
      "at byte 128: the header declares 2 numbers of 4 bytes, more than the file holds; 5 are there; copy the file again"
    ),
    .npy(
      57, "text for labels, cut off", labels: npy("<U3", "(2,)", []),
      "at byte 128: the header declares 2 numbers of 12 bytes, more than the file holds; 0 are there; copy the file again"
    ),
    .npy(
      57, "objects for labels", labels: npy("|O", "(2,)", []),
      "at byte 20: the array holds Python objects ('|O'); save it as numbers, or as text by y.astype(str)"),
    .npy(
      57, "labels beyond 2^53", labels: npy("<i8", "(2,)", little(Int64.max) + little(Int64(0))),
      "at byte 128: the labels are too many or too large to be classes; fit numbers"),
  ]

  @Test(arguments: headers + payloads + labels) func array(_ bad: BadInput) { bad.check() }
}
