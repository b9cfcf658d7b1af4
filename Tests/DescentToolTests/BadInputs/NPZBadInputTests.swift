import DescentFiles
import Testing

@Suite("Bad NPZ archives get one line, the same from the library and the executable")
struct NPZBadInputTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let data: String
    let message: String

    init(_ name: String, _ bytes: [UInt8], naming data: String = "d.npz", _ message: String) {
      (testDescription, self.bytes, self.data, self.message) = (name, bytes, data, message)
    }

    /// An archive of the features `x` and three labels.
    init(_ name: String, x: [UInt8], _ message: String) {
      self.init(name, ZipSample.npz(["x": x, "y": NPZBadInputTests.labels]), message)
    }

    init(_ name: String, header: String, _ message: String) {
      self.init(name, x: NPZBadInputTests.array(header: header, []), message)
    }
  }

  private static let labels = Samples.npy("|u1", "(3,)", [0, 1, 1])
  private static let rows = Samples.npy("|u1", "(3, 2)", [0, 1, 2, 3, 4, 5])
  private static let good = ZipSample.npz(["x": rows, "y": labels])

  private static func array(header: String, _ payload: [UInt8]) -> [UInt8] {
    let text = Array((header + "\n").utf8)
    return Array(rows.prefix(8)) + [UInt8(text.count & 255), UInt8(text.count >> 8)] + text + payload
  }

  /// The array of rows, with the bytes from `offset` on replaced.
  private static func rows(at offset: Int, _ bytes: [UInt8]) -> [UInt8] {
    Array(rows[..<offset] + bytes + rows[(offset + bytes.count)...])
  }

  private static func members(_ members: ZipSample.Member...) -> [UInt8] {
    ZipSample(members: members + [.init(name: "y.npy", bytes: labels)]).bytes
  }

  static let arrays: [Case] = [
    Case("an empty array", x: [], "d.npz:x: at byte 0: the file is empty; check that it is the right file"),
    Case(
      "magic only", x: Array(rows.prefix(6)),
      "d.npz:x: at byte 6: the file ends within the NPY header; copy the file again"),
    Case(
      "wrong magic", x: rows(at: 1, [0x6e]),
      "d.npz:x: at byte 0: is not an NPY file: it does not start with \\x93NUMPY; check the format"),
    Case(
      "version 4.0", x: rows(at: 6, [4]),
      "d.npz:x: at byte 6: NPY version 4.0 is not known; save it as version 1.0, 2.0 or 3.0"),
    Case(
      "header longer than the array", x: rows(at: 8, [0, 1]),
      "d.npz:x: at byte 134: the file ends within the NPY header, which is said to have 256 bytes; copy the file again"
    ),
    Case(
      "header beyond 10000", x: rows(at: 8, [0x11, 0x27]),
      "d.npz:x: at byte 8: the header is said to have 10001 bytes, more than 10000; save the array again"),
    Case(
      "code", header: "{'descr': '|u1', 'fortran_order': False, 'shape': tuple([3, 2]), }",
      "d.npz:x: at byte 60: '(' is expected in the header; save the array again with numpy.save"),
    Case(
      "missing key", header: "{'descr': '|u1', 'shape': (3, 2), }",
      "d.npz:x: at byte 10: the key 'fortran_order' is missing; save the array again with numpy.save"),
    Case(
      "unknown key", header: "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2), 'a': 1}",
      "d.npz:x: at byte 68: there is a key 'a' that NPY does not have; save the array again with numpy.save"),
    Case(
      "negative", x: Samples.npy("|u1", "(-3, 2)", []),
      "d.npz:x: at byte 61: a dimension is not a whole number of 0 or more; save the array again with numpy.save"
    ),
    Case(
      "overflow", x: Samples.npy("<f8", "(4611686018427387904, 8)", []),
      "d.npz:x: at byte 128: the header declares 4611686018427387904 × 8 numbers of 8 bytes, more than the file holds; 0 are there; copy the file again"
    ),
    Case(
      "huge", x: Samples.npy("<f4", "(1000000000000, 784)", [0, 0, 0, 0]),
      "d.npz:x: at byte 128: the header declares 1000000000000 × 784 numbers of 4 bytes, more than the file holds; 4 are there; copy the file again"
    ),
    Case(
      "one byte short", x: Array(rows.dropLast()),
      "d.npz:x: at byte 128: the header declares 3 × 2 numbers of a byte, more than the file holds; 5 are there; copy the file again"
    ),
    Case(
      "trailing byte", x: rows + [0],
      "d.npz:x: at byte 134: more bytes follow than the header declares; copy the file again"),
    Case(
      "objects", x: Samples.npy("|O", "(3, 2)", [0, 0, 0, 0, 0, 0]),
      "d.npz:x: at byte 20: the array holds Python objects ('|O'); save it as uint8, float16, float32 or float64"
    ),
    Case(
      "records", header: "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2), }",
      "d.npz:x: at byte 20: the array holds records of several fields; save a plain array of numbers"),
    Case(
      "text", x: Samples.npy("<U1", "(3, 2)", [0, 0, 0, 0, 0, 0]),
      "d.npz:x: at byte 20: the array holds text ('<U1'); save it as uint8, float16, float32 or float64"),
    Case(
      "complex", x: Samples.npy("<c8", "(3, 2)", [0, 0, 0, 0, 0, 0]),
      "d.npz:x: at byte 20: the array holds complex numbers ('<c8'); save it as uint8, float16, float32 or float64"
    ),
    Case(
      "no rows", x: Samples.npy("|u1", "(0, 2)", []),
      "d.npz:x: the array of 0 × 2 is empty: there are no rows of data; check that it is the right file"),
    Case(
      "no dimension", x: Samples.npy("|u1", "()", [0]),
      "d.npz:x: the array has no dimension, not [rows, features]; reshape it to two dimensions"),
    Case(
      "five dimensions", x: Samples.npy("|u1", "(3, 2, 1, 1, 1)", [0, 1, 2, 3, 4, 5]),
      "d.npz:x: the array has the shape 3 × 2 × 1 × 1 × 1, not [rows, features]; reshape it to two dimensions"
    ),
    Case(
      "more rows than labels", x: Samples.npy("|u1", "(4, 1)", [0, 1, 2, 3]),
      "d.npz:y: 3 labels for the 4 rows of d.npz:x; give the two files that belong together"),
    Case(
      "NaN", x: Samples.npy("<f2", "(3, 1)", [0, 0x3c, 0, 0x7e, 0, 0]),
      "d.npz:x: at byte 130: row 1, number 0 is NaN; fill in finite numbers that the precision can hold"),
  ]

  static let archives: [Case] = [
    Case("an empty file", [], "d.npz: the file is empty; check that it is the right file"),
    Case(
      "magic of zip alone", [0x50, 0x4b, 3, 4],
      "d.npz: is not a zip archive, or is cut off; copy the file again"),
    Case(
      "no zip", Array("1,2,a\n3,4,b\n".utf8),
      "d.npz: is not a zip archive, or is cut off; copy the file again"),
    Case(
      "cut off", Array(good.dropLast(30)), "d.npz: is not a zip archive, or is cut off; copy the file again"),
    Case(
      "cut off before its directory", Array(good.prefix(200)),
      "d.npz: is not a zip archive, or is cut off; copy the file again"),
    Case("no member", ZipSample().bytes, "d.npz: the archive holds no array; write it with numpy.savez"),
    Case(
      "no array", ZipSample(members: [.init(name: "x.txt", bytes: [0x31])]).bytes,
      "d.npz: the archive holds no array; write it with numpy.savez"),
    Case(
      "no such array", good, naming: "d.npz:images", "d.npz: there is no array 'images'; there are 'x', 'y'"),
    Case(
      "no features by a usual name", ZipSample.npz(["a": rows, "b": labels]),
      "d.npz: no array has a usual name of features, such as 'x'; there are 'a', 'b'; name them by d.npz:NAME"
    ),
    Case(
      "no labels", ZipSample.npz(["x": rows, "b": labels]),
      "d.npz: no array has a usual name of labels, such as 'y'; there are 'x', 'b'; name them by --labels d.npz:NAME"
    ),
    Case(
      "no labels besides", ZipSample.npz(["images": rows]),
      "d.npz: no array has a usual name of labels, such as 'y'; there are 'images'; name them by --labels d.npz:NAME"
    ),
    Case(
      "two that may be the features", ZipSample.npz(["x": rows, "data": rows, "y": labels]),
      "d.npz: 'x', 'data' may be the features; name them by d.npz:x"),
    Case(
      "a member twice", ZipSample.npz(["x": rows, "y": labels, "x": rows]),
      "d.npz: there are two members 'x.npy'; write the archive again, each member once"),
    Case(
      "a member outside", ZipSample.npz(["../x": rows, "y": labels]),
      "d.npz: the member '../x.npy' stands outside of the archive's folder; write the archive again"),
    Case(
      "a member with a path from the root", ZipSample.npz(["/x": rows, "y": labels]),
      "d.npz: the member '/x.npy' stands outside of the archive's folder; write the archive again"),
    Case(
      "encrypted", members(.init(name: "x.npy", bytes: rows, flags: 1)),
      "d.npz: the member 'x.npy' is encrypted; write the archive without a password"),
    Case(
      "another compression", members(.init(name: "x.npy", bytes: rows, method: 12)),
      "d.npz: the member 'x.npy' is compressed by a method that is not known (12); save it with numpy.savez or numpy.savez_compressed"
    ),
    Case(
      "a wrong checksum", members(.init(name: "x.npy", bytes: rows, checksum: 1)),
      "d.npz:x: the zip archive is damaged (CRC error); copy the file again"),
    Case(
      "a wrong checksum, deflated", members(.init(name: "x.npy", bytes: rows, isDeflated: true, checksum: 1)),
      "d.npz:x: the zip archive is damaged (CRC error); copy the file again"),
    Case(
      "no deflated bytes", members(.init(name: "x.npy", bytes: rows, method: 8)),
      "d.npz:x: the zip archive is damaged (CRC error); copy the file again"),
    Case(
      "stored, and another size", members(.init(name: "x.npy", bytes: rows, size: 999)),
      "d.npz: the member 'x.npy' is said to hold 999 bytes, more than its 134 can inflate to; copy the file again"
    ),
    Case(
      "deflated to more than it says",
      members(.init(name: "x.npy", bytes: rows, isDeflated: true, size: 130)),
      "d.npz:x: at byte 128: the header declares 3 × 2 numbers of a byte, more than the file holds; copy the file again"
    ),
    Case(
      "deflated to less than it says",
      members(.init(name: "x.npy", bytes: rows, isDeflated: true, size: 140)),
      "d.npz:x: holds 134 bytes, where the archive says 140; copy the file again"),
    Case(
      "deflated to more than it says behind the array",
      members(.init(name: "x.npy", bytes: rows + [0], isDeflated: true, size: 134)),
      "d.npz:x: holds more bytes, where the archive says 134; copy the file again"),
    Case(
      "a bomb by what it says",
      members(.init(name: "x.npy", bytes: rows, isDeflated: true, size: 0xffff_fff0)),
      "d.npz: the member 'x.npy' is said to hold 4294967280 bytes, more than its 76 can inflate to; copy the file again"
    ),
  ]

  @Test(arguments: arrays + archives) func isRefused(_ bad: Case) {
    let folder = Folder()
    folder.write("d.npz", bad.bytes)
    let outcome = Tool.run(["train", bad.data], in: folder)
    #expect(outcome.errors == ["descent: \(bad.message)"])
    #expect(outcome.code == 65)
    #expect(outcome.output == "")
    #expect(folder.names == ["d.npz"])
    do {
      _ = try DataFile.read("\(folder.path)/\(bad.data)")
      Issue.record("the library reads it")
    } catch {
      #expect(error.text(naming: { "--\($0)" }).replacing("\(folder.path)/", with: "") == bad.message)
      #expect(error.kind == .badData)
    }
  }
}
