import Descent
import DescentFiles
import Foundation
import Testing

@Suite("Models and checkpoints that are none: one line that says why, and no output")
struct ModelBadInputTests {
  struct Case: CustomTestStringConvertible {
    let id: String
    let what: String
    let bytes: [UInt8]
    /// Behind the file's name.
    let message: String
    var testDescription: String { "\(id) \(what)" }

    init(_ number: Int, _ what: String, _ bytes: [UInt8], _ message: String) {
      (id, self.what, self.bytes, self.message) = ("model-\(number)", what, bytes, message)
    }

    init(_ number: Int, _ what: String, _ file: SafetensorsSample, _ message: String) {
      self.init(number, what, file.bytes, message)
    }
  }

  private static let none = "give a file that 'descent train' wrote, or another ONNX model"
  private static let damaged = "the file is damaged or not in safetensors layout: save or copy it again"
  private static let train = "the file is damaged: train or copy it again"
  private static let good = SafetensorsSample()

  /// What stands in the file before the numbers.
  static let headers: [Case] = [
    Case(67, "empty", [], "holds no model: it has 0 bytes; \(none)"),
    Case(67, "half a length", [1, 2, 3], "holds no model: it has 3 bytes; \(none)"),
    Case(67, "a length alone", Array(good.bytes.prefix(8)), "holds no model: it has 8 bytes; \(none)"),
    Case(
      67, "a table", Array("x,y,kind\n1,0,a\n".utf8),
      "is text, such as a table of data, and no model; give the model first and the data after it"),
    Case(
      67, "a zip archive", [0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0],
      "is a zip archive, such as PyTorch and Keras save; export the model as ONNX"),
    Case(
      67, "a pickle", [0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0],
      "is a Python pickle, which is a program and not read; export the model as ONNX"),
    Case(
      67, "an array of NumPy's", Samples.npy("<f4", "(1,)", [0, 0, 0, 0]),
      "is an array of NumPy's and no model; \(none)"),
    Case(67, "images", Samples.images(4), "is a file of IDX data or the like, and no model; \(none)"),
    Case(
      68, "a header longer than the file", good.with(length: 5000),
      "at byte 0: declares a header of 5000 bytes; \(damaged)"),
    Case(
      68, "a header of a terabyte", good.with(length: 1 << 40),
      "at byte 0: declares a header of 1099511627776 bytes; \(damaged)"),
    Case(
      68, "a header of 2^64 - 1 bytes", good.with(length: .max),
      "at byte 0: declares a header of 18446744073709551615 bytes; \(damaged)"),
    Case(69, "no JSON", good.with(header: "{nonsense"), "at byte 9: '\"' is missing; \(damaged)"),
    Case(
      69, "not UTF-8", SafetensorsSample.file(Array("{\"".utf8) + [0xff] + Array("\":1}".utf8), []),
      "at byte 9: a string is not UTF-8; \(damaged)"),
    Case(
      69, "deeply nested", good.with(header: String(repeating: "{\"a\":", count: 100_000)),
      "at byte 18: tensor 'a' has an unknown key 'a'; \(damaged)"),
    Case(
      69, "100000 tensors",
      SafetensorsSample.file(
        Array(
          ("{"
            + (0..<100_000).map { "\"t\($0)\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}" }
            .joined(separator: ",") + "}").utf8), []),
      "holds no model of descent; give a file that 'descent train' wrote"),
    Case(
      70, "a key twice", good.with("\"biases\":", "\"weights\":"),
      "at byte 303: the key 'weights' comes twice; \(damaged)"),
    Case(
      70, "a note twice", good.with("\"margin\":", "\"loss\":"),
      "at byte 159: the key 'loss' comes twice; \(damaged)"),
  ]

  /// Tensors that do not lie as they should.
  static let tensors: [Case] = [
    Case(
      71, "a shape that does not fill its bytes", good.with("[2,2]", "[2,3]"),
      "at byte 312: tensor 'weights' of shape [2, 3] does not take 16 bytes; \(damaged)"),
    Case(
      71, "a shape beyond 64 bits", good.with("[2,2]", "[8589934592,8589934592]"),
      "at byte 312: tensor 'weights' of shape [8589934592, 8589934592] does not take 16 bytes; \(damaged)"),
    Case(
      71, "a negative size", good.with("[2,2]", "[-2,2]"),
      "at byte 336: a whole number from 0 is missing; \(damaged)"),
    Case(
      71, "offsets in disorder", good.with("[24,40]", "[40,24]"),
      "at byte 312: tensor 'weights' ends before it starts; \(damaged)"),
    Case(
      71, "a hole", good.with("[16,24]", "[20,28]"),
      "at byte 381: no tensor covers the bytes before 'biases'; \(damaged)"),
    Case(
      71, "an overlap", good.with("[24,40]", "[20,36]"),
      "at byte 385: tensor 'weights' overlaps another; \(damaged)"),
    Case(
      71, "something behind the last", good.bytes + [0],
      "at byte 405: the last tensor is followed by something; \(damaged)"),
    Case(
      71, "numbers cut off", Array(good.bytes.dropLast()),
      "at byte 404: ends after 39 of 40 bytes of numbers; \(damaged)"),
    Case(
      72, "an unknown type", good.with("F64", "F65"),
      "at byte 266: tensor 'feature_scales' has the number type 'F65'; \(damaged)"),
    Case(
      72, "a type that no weights have", good.with("F64", "I64"),
      "has feature scales that are not one F64 a feature; \(train)"),
    Case(
      73, "NaN for a weight", good.with(payload: Array(repeating: 0, count: 36) + [0, 0, 0xc0, 0x7f]),
      "at byte 401: number 3 of tensor 'weights' is not finite; \(damaged)"),
    Case(
      73, "infinity for a bias",
      good.with(
        payload: Array(repeating: 0, count: 16) + [0, 0, 0x80, 0x7f] + Array(repeating: 0, count: 20)),
      "at byte 381: number 0 of tensor 'biases' is not finite; \(damaged)"),
  ]

  /// What the model says of itself.
  static let metadata: [Case] = [
    Case(
      74, "a number for a text", good.with("\"margin\":\"1.0\"", "\"margin\":1.0"),
      "at byte 168: '\"' is missing; \(damaged)"),
    Case(
      74, "a list for a text", good.with("\"margin\":\"1.0\"", "\"margin\":[]"),
      "at byte 168: '\"' is missing; \(damaged)"),
    Case(
      75, "a newer format", good.with("\"format_version\":\"1\"", "\"format_version\":\"99\""),
      "was made by a newer descent (format 99, this one reads 2); update descent"),
    Case(
      75, "an unknown architecture", good.with("\"linear\"", "\"kernel\""),
      "holds a model of the unknown architecture 'kernel'; update descent"),
    Case(
      75, "an unknown loss", good.with("\"softmax\"", "\"cosine\""),
      "was trained with a loss that this descent does not know; update descent"),
    Case(
      75, "another program's", good.with("\"descent\"", "\"another\""),
      "holds no model of descent; give a file that 'descent train' wrote"),
    Case(
      76, "fewer classes than rows of weights", good.with(#"[\"a\",\"b\"]"#, #"[\"a\"]"#),
      "names 1 class for 2 rows of weights; \(train)"),
    Case(
      76, "more classes than rows of weights", good.with(#"[\"a\",\"b\"]"#, #"[\"a\",\"b\",\"c\"]"#),
      "names 3 classes for 2 rows of weights; \(train)"),
    Case(
      76, "a class twice", good.with(#"[\"a\",\"b\"]"#, #"[\"a\",\"a\"]"#),
      "names one class only, or one twice; \(train)"),
    Case(
      76, "fewer features than columns", good.with(#"[\"x\",\"y\"]"#, #"[\"x\"]"#),
      "names 1 feature for 2 columns of weights; \(train)"),
    Case(
      76, "weights without biases", good.with("\"biases\"", "\"bises\""),
      "does not hold the weights [outputs, inputs] and biases [outputs] of a linear model; \(train)"),
  ]

  private static let commands = [
    ["inspect", "m"], ["evaluate", "m", "p.csv"], ["predict", "m", "p.csv"],
    ["templates", "m", "-o", "t.png"],
    ["export", "m", "-o", "w.csv"], ["export", "m", "-o", "w.npy"],
  ]

  @Test(arguments: headers + tensors + metadata) func isRefused(_ bad: Case) {
    let folder = Folder()
    folder.write("m", bad.bytes)
    folder.write("p.csv", Samples.points)
    let command = Self.commands[bad.bytes.count % Self.commands.count]
    let outcome = Tool.run(command, in: folder)
    #expect(outcome.errors == ["descent: m: \(bad.message)"])
    #expect(outcome.code == 65)
    #expect(outcome.output == "")
    #expect(folder.names == ["m", "p.csv"])
    do throws(FileError) {
      _ = try ModelFile.read("\(folder.path)/m")
      Issue.record("the library reads it")
    } catch {
      #expect(error.description.replacing("\(folder.path)/", with: "") == "m: \(bad.message)")
      #expect(error.kind == .badData)
    }
  }

  /// Checkpoints: a whole one, spoilt.
  static let checkpoints: [(String, @Sendable ([UInt8]) -> [UInt8], String)] = [
    ("model-67 empty", { _ in [] }, "is no checkpoint of descent; give the file that --checkpoint named"),
    (
      "model-67 another file", { _ in Array(Samples.points.utf8) },
      "is no checkpoint of descent; give the file that --checkpoint named"
    ),
    ("model-67 half a header", { Array($0.prefix(20)) }, "ends within its header; \(earlier)"),
    ("model-71 cut off", { $0.dropLast() }, "holds"),
    ("model-71 something behind", { $0 + [0] }, "holds"),
    (
      "model-75 a newer format", { $0.with(9, at: 8) },
      "was made by a newer descent (format 9, this one reads 1); update descent"
    ),
    ("model-75 format 0", { $0.with(0, at: 8) }, "names no version of the format; \(earlier)"),
    ("model-68 a length beyond 64 bits", { $0.with(255, at: 19) }, "holds"),
    ("model-80 another hash", { $0.with(1, at: 21) }, "does not have the hash that it names; \(earlier)"),
    (
      "model-80 another number", { $0.with(7, at: $0.count - 3) },
      "does not have the hash that it names; \(earlier)"
    ),
  ]

  private static let earlier =
    "the file is damaged: take an earlier copy, or remove it and train from the beginning"

  @Test(arguments: checkpoints)
  func checkpoint(_ id: String, _ spoil: @Sendable ([UInt8]) -> [UInt8], _ message: String) {
    let folder = Folder()
    folder.write("p.csv", Samples.points)
    let training = ["train", "p.csv", "--quiet", "--epochs", "2", "--checkpoint", "c", "--resume", "-o", "m"]
    #expect(Tool.run(training + ["--time-limit", "1e-9"], in: folder).code == 0)
    try? FileManager.default.removeItem(atPath: folder.path + "/m")
    let spoilt = spoil(folder.read("c"))
    folder.write("c", spoilt)
    let outcome = Tool.run(training, in: folder)
    #expect(outcome.errors.count == 1 && outcome.errors[0].hasPrefix("descent: c: \(message)"), "\(outcome)")
    #expect(outcome.code == 65)
    #expect(folder.names == ["c", "p.csv"] && folder.read("c") == spoilt)
    do throws(FileError) {
      _ = try CheckpointFile.read("\(folder.path)/c")
      Issue.record("the library reads it")
    } catch {
      let text = error.text(naming: { "--\($0)" }).replacing("\(folder.path)/", with: "")
      #expect("descent: \(text)" == outcome.errors[0])
      #expect(error.kind == .badData)
    }
  }

  /// The sample itself is a model: what is refused is refused for its one fault.
  @Test func theSampleIsRead() throws {
    let folder = Folder()
    folder.write("m", Self.good.bytes)
    _ = try ModelFile.read("\(folder.path)/m")
    #expect(Tool.run(["inspect", "m"], in: folder).code == 0)
  }

  @Test("model-80: a bit of any byte flipped", arguments: ["m.onnx", "m.safetensors"])
  func flipped(_ name: String) {
    let folder = Folder()
    folder.write("p.csv", Samples.points)
    #expect(Tool.run(["train", "p.csv", "--quiet", "-o", name], in: folder).code == 0)
    let whole = folder.read(name)
    for index in stride(from: 0, to: whole.count, by: max(1, whole.count / 25)) {
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      folder.write(name, bytes)
      let outcome = Tool.run(["predict", name, "p.csv"], in: folder)
      if outcome.code == 0 {
        #expect(outcome.lines.count == 10)
      } else {
        // 65: the model is damaged, or the table does not have the names that it now expects.
        #expect(outcome.code == 65 && outcome.errors.count == 1, "byte \(index): \(outcome)")
        #expect(outcome.output == "")
      }
    }
  }
}

/// A safetensors file of a linear model of two features and two classes, to be spoilt.
struct SafetensorsSample {
  var header = #"""
    {"__metadata__":{"architecture":"linear","classes":"[\"a\",\"b\"]","features":"[\"x\",\"y\"]","format":"descent",\#
    "format_version":"1","loss":"softmax","margin":"1.0"},"biases":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},\#
    "feature_scales":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},\#
    "weights":{"dtype":"F32","shape":[2,2],"data_offsets":[24,40]}}
    """#
  var payload = [UInt8](repeating: 0, count: 40)

  var bytes: [UInt8] { Self.file(Array(header.utf8), payload) }

  static func file(_ header: [UInt8], _ payload: [UInt8], length: UInt64? = nil) -> [UInt8] {
    let length = (length ?? UInt64(header.count)).littleEndian
    return withUnsafeBytes(of: length) { Array($0) } + header + payload
  }

  func with(_ text: String, _ other: String) -> [UInt8] {
    precondition(header.contains(text), text)
    var result = self
    result.header = header.replacing(text, with: other)
    return result.bytes
  }

  func with(header: String) -> [UInt8] { Self.file(Array(header.utf8), payload) }
  func with(payload: [UInt8]) -> [UInt8] { Self.file(Array(header.utf8), payload) }
  func with(length: UInt64) -> [UInt8] { Self.file(Array(header.utf8), payload, length: length) }
}

extension [UInt8] {
  /// These, with another byte at a place.
  fileprivate func with(_ byte: UInt8, at place: Int) -> [UInt8] {
    var result = self
    result[place] = result[place] == byte ? byte ^ 1 : byte
    return result
  }
}
