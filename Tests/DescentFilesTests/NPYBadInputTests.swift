import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("Bad NPY files are errors that name the place")
struct NPYBadInputTests {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private static func header(_ text: String) -> [UInt8] { npy(header: text) }

  /// What is wrong, and the message behind the file's name.
  static let cases: [(String, [UInt8], String)] = [
    ("empty", [], "at byte 0: the file is empty; check that it is the right file"),
    ("magic only", magic, "at byte 6: the file ends within the NPY header; copy the file again"),
    (
      "wrong magic", Array("numpy, but not really".utf8),
      "at byte 0: is not an NPY file: it does not start with \\x93NUMPY; check the format"
    ),
    (
      "version", npy("<f4", "(1, 1)", [0, 0, 0, 0], version: (4, 0)),
      "at byte 6: NPY version 4.0 is not known; save it as version 1.0, 2.0 or 3.0"
    ),
    ("no length", magic + [1, 0, 7], "at byte 9: the file ends within the NPY header; copy the file again"),
    (
      "header longer than the file", magic + [1, 0, 118, 0] + Array("{'descr'".utf8),
      "at byte 18: the file ends within the NPY header, which is said to have 118 bytes; copy the file again"
    ),
    (
      "long header", magic + [2, 0] + littleEndian(UInt32(10_001)),
      "at byte 8: the header is said to have 10001 bytes, more than 10000; save the array again"
    ),
    (
      "code", header("__import__('os').system('rm -rf /')"),
      "at byte 10: '{' is expected in the header; save the array again with numpy.save"
    ),
    (
      "code for a value", header("{'descr': '<f4', 'fortran_order': print(1), 'shape': (1, 1), }"),
      "at byte 44: fortran_order is neither True nor False; save the array again with numpy.save"
    ),
    (
      "missing key", header("{'descr': '<f4', 'shape': (1, 1), }"),
      "at byte 10: the key 'fortran_order' is missing; save the array again with numpy.save"
    ),
    (
      "unknown key", header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'more': 1}"),
      "at byte 68: there is a key 'more' that NPY does not have; save the array again with numpy.save"
    ),
    (
      "key twice", header("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }"),
      "at byte 27: the key 'descr' comes twice; save the array again with numpy.save"
    ),
    (
      "something behind", header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), } 1"),
      "at byte 70: something follows the dictionary; save the array again with numpy.save"
    ),
    (
      "negative", npy("<f4", "(-1, 2)"),
      "at byte 61: a dimension is not a whole number of 0 or more; save the array again with numpy.save"
    ),
    (
      "a dimension beyond 64 bits", npy("<f4", "(99999999999999999999, 2)"),
      "at byte 61: a dimension is too large; save the array again with numpy.save"
    ),
    (
      "overflow", npy("<f8", "(4611686018427387904, 8)"),
      "at byte 128: the header declares 4611686018427387904 × 8 numbers of 8 bytes, more than the file holds; 0 are there; copy the file again"
    ),
    (
      "huge", npy("<f4", "(1000000000000, 784)", [0, 0, 0, 0]),
      "at byte 128: the header declares 1000000000000 × 784 numbers of 4 bytes, more than the file holds; 4 are there; copy the file again"
    ),
    (
      "one byte short", npy("<f4", "(1, 2)", Array(repeating: 0, count: 7)),
      "at byte 128: the header declares 1 × 2 numbers of 4 bytes, more than the file holds; 7 are there; copy the file again"
    ),
    (
      "trailing", npy("<f4", "(1, 2)", Array(repeating: 0, count: 9)),
      "at byte 136: more bytes follow than the header declares; copy the file again"
    ),
    (
      "objects", npy("|O", "(1, 2)"),
      "at byte 20: the array holds Python objects ('|O'); save it as uint8, float16, float32 or float64"
    ),
    (
      "records", header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 2), }"),
      "at byte 20: the array holds records of several fields; save a plain array of numbers"
    ),
    (
      "text", npy("<U10", "(1, 2)"),
      "at byte 20: the array holds text ('<U10'); save it as uint8, float16, float32 or float64"
    ),
    (
      "complex", npy("<c8", "(1, 2)"),
      "at byte 20: the array holds complex numbers ('<c8'); save it as uint8, float16, float32 or float64"
    ),
    (
      "long double", npy("<f16", "(1, 2)"),
      "at byte 20: the array holds floats of another size ('<f16'); save it as uint8, float16, float32 or float64"
    ),
    (
      "no rows", npy("<f4", "(0, 2)"),
      "the array of 0 × 2 is empty: there are no rows of data; check that it is the right file"
    ),
    (
      "no dimension", npy("<f4", "()", [0, 0, 0, 0]),
      "the array has no dimension, not [rows, features]; reshape it to two dimensions"
    ),
    (
      "one dimension", npy("|u1", "(2,)", [0, 0]),
      "the array has the shape 2, not [rows, features]; reshape it to two dimensions"
    ),
    (
      "three dimensions", npy("|u1", "(2, 2, 1)", [0, 0, 0, 0]),
      "the array has the shape 2 × 2 × 1, not [rows, features]; reshape it to two dimensions"
    ),
    (
      "other rows than labels", npy("|u1", "(2, 2)", [0, 0, 0, 0]),
      "3 labels for the 2 rows of x.npy; give the two files that belong together"
    ),
    (
      "infinity read",
      npy(
        ">f4", "(3, 1)", bigEndian(Float(1).bitPattern) + bigEndian(Float.infinity.bitPattern) + [0, 0, 0, 0]),
      "at byte 132: row 1, number 0 is inf; fill in finite numbers that the precision can hold"
    ),
    (
      "too large for float", npy(">f8", "(1, 3)", [1, 1e300, 1].flatMap { bigEndian($0.bitPattern) }),
      "at byte 136: row 0, number 1 is inf; fill in finite numbers that the precision can hold"
    ),
  ]

  @Test(arguments: cases) func features(_ name: String, _ bytes: [UInt8], _ message: String) throws {
    try withTemporaryFolder { folder in
      try write(
        npy(
          "|u1", name.contains("labels") || name.contains("infinity") ? "(3,)" : "(1,)",
          name.contains("labels") || name.contains("infinity") ? [0, 1, 1] : [0]), to: "\(folder)/y.npy")
      try write(bytes, to: "\(folder)/x.npy")
      let options = DataOptions(format: .npy, labelsPath: "\(folder)/y.npy")
      let error = failure { _ = try DataFile.read("\(folder)/x.npy", options) }
      #expect(
        error.description.replacing("\(folder)/", with: "")
          == "\(name.contains("labels") ? "y" : "x").npy: \(message)")
      #expect(error.kind == .badData)
    }
  }

  static let labels: [(String, [UInt8], String)] = [
    (
      "a matrix", npy("|u1", "(2, 2)", [0, 0, 0, 0]),
      "the array has the shape 2 × 2, not that of labels; give an array of one number a row"
    ),
    ("a scalar", npy("|u1", "()", [0]), "holds one number, not one a row; give an array of one number a row"),
    ("none", npy("|u1", "(0,)"), "there are no labels; check that it is the right file"),
    (
      "fractions", npy("<f4", "(2,)", [Float(1), 0.5].flatMap { littleEndian($0.bitPattern) }),
      "at byte 132: the label 0.5 is not a whole number; fit numbers, or write class numbers"
    ),
    (
      "NaN", npy("<f4", "(2,)", [Float(1), .nan].flatMap { littleEndian($0.bitPattern) }),
      "at byte 132: row 1, number 0 is nan; fill in finite numbers that the precision can hold"
    ),
    (
      "cut off", npy("<f4", "(2,)", [0, 0, 0, 0, 0]),
      "at byte 128: the header declares 2 numbers of 4 bytes, more than the file holds; 5 are there; copy the file again"
    ),
    (
      "text", npy("<U3", "(2,)"),
      "at byte 20: the array holds text ('<U3'); save it as uint8, float16, float32 or float64"
    ),
    (
      "beyond 2^53", npy("<i8", "(2,)", [Int64.max, 0].flatMap { littleEndian($0) }),
      "at byte 128: the labels are too many or too large to be classes; fit numbers"
    ),
  ]

  @Test(arguments: labels) func labelFile(_ name: String, _ bytes: [UInt8], _ message: String) throws {
    let error = failure {
      _ = try NPY.read(
        Input(bytes: npy("|u1", "(2, 1)", [0, 1]), name: "x.npy"), labels: Input(bytes: bytes, name: "y.npy"))
    }
    #expect(error.description == "y.npy: \(message)")
  }

  @Test func rowsThatDoNotFitTheModel() throws {
    let options = DataOptions(target: .ignored, model: ModelColumns(features: 3))
    let error = failure {
      _ = try NPYRowStream<Float>(Input(bytes: npy("|u1", "(2, 2)", [0, 0, 0, 0]), name: "x.npy"), options)
    }
    #expect(
      error.description
        == "x.npy: 2 numbers a row do not fit the model, which takes 3 features; give rows of the shape it was trained on"
    )
  }

  /// A pipe tells no size: what is declared takes no memory before it comes.
  @Test func aPipeThatEndsEarly() throws {
    let bytes = npy("<f4", "(1000000000, 784)", Array(repeating: 0, count: 8))
    let error = failure {
      _ = try NPY.read(
        Input(bytes: gzipped(bytes), name: "x.npy"),
        labels: Input(bytes: npy("|u1", "(2,)", [0, 1]), name: "y"))
    }
    #expect(error.description.contains("more than the file holds"))
  }
}
