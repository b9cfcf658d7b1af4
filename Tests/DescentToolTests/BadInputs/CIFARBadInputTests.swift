import DescentFiles
import Testing

@Suite("Bad files of CIFAR-10 get one line, the same from the library and the executable")
struct CIFARBadInputTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let file: String
    let bytes: [UInt8]
    let options: [String]
    let message: String

    init(
      _ name: String, in file: String = "d.bin", _ bytes: [UInt8], _ options: [String] = [], message: String
    ) {
      (testDescription, self.file, self.bytes) = (name, file, bytes)
      (self.options, self.message) = (options, message)
    }
  }

  static let cases: [Case] = [
    Case("no images", [], message: "d.bin: there are no images; check that it is the right file"),
    Case(
      "a byte short", Array(Samples.cifar([0, 1]).dropLast()),
      message:
        "d.bin: 6145 bytes are no whole number of CIFAR-10's records of 3073; copy the file again, or give its --format"
    ),
    Case(
      "a byte long", Samples.cifar([0, 1]) + [0],
      message:
        "d.bin: 6147 bytes are no whole number of CIFAR-10's records of 3073; copy the file again, or give its --format"
    ),
    Case(
      "CIFAR-100", Array(repeating: 0, count: 2 * 3074),
      message:
        "d.bin: 6148 bytes are no whole number of CIFAR-10's records of 3073; CIFAR-100 is not read: convert it to .npy"
    ),
    Case(
      "a byte short, compressed", in: "d.bin.gz", Samples.gzip(Array(Samples.cifar([0, 1]).dropLast())),
      message:
        "d.bin.gz: 6145 bytes are no whole number of CIFAR-10's records of 3073; copy the file again, or give its --format"
    ),
    Case(
      "a label beyond 9", Samples.cifar([0, 9, 10, 1]),
      message:
        "d.bin: at byte 6146: record 2 has the label 10, where CIFAR-10 has 0 to 9; check that it is the right file"
    ),
    Case(
      "under another name", in: "d.dat", Samples.cifar([0, 200]), ["--format", "cifar10"],
      message:
        "d.dat: at byte 3073: record 1 has the label 200, where CIFAR-10 has 0 to 9; check that it is the right file"
    ),
    Case(
      "labels in a file of their own", Samples.cifar([0, 1]), ["--labels", "d.bin"],
      message: "d.bin: CIFAR-10's records hold their labels; leave --labels out"),
  ]

  @Test(arguments: cases) func isRefused(_ bad: Case) {
    let folder = Folder()
    folder.write(bad.file, bad.bytes)
    let outcome = Tool.run(["train", bad.file] + bad.options, in: folder)
    #expect(outcome.errors == ["descent: \(bad.message)"])
    #expect(outcome.code == 65)
    #expect(outcome.output == "")
    #expect(folder.names == [bad.file])
    do {
      let options = DataOptions(
        format: bad.options.first == "--format" ? .cifar10 : nil,
        labelsPath: bad.options.first == "--labels" ? "d.bin" : nil)
      _ = try DataFile.read("\(folder.path)/\(bad.file)", options)
      Issue.record("the library reads it")
    } catch {
      #expect(error.text(naming: { "--\($0)" }).replacing("\(folder.path)/", with: "") == bad.message)
      #expect(error.kind == .badData)
    }
  }

  @Test func aBatchOfAFolderIsNamed() {
    let folder = Folder()
    folder.makeFolder("f")
    folder.write("f/data_batch_1.bin", Samples.cifar([0, 1]))
    folder.write("f/data_batch_2.bin", Samples.cifar([3, 77]))
    #expect(
      Tool.run(["train", "f"], in: folder).errors == [
        "descent: f/data_batch_2.bin: at byte 3073: record 1 has the label 77, where CIFAR-10 has 0 to 9; check that it is the right file"
      ])
    folder.makeFolder("g")
    #expect(Tool.run(["train", "g"], in: folder).code == 66)
  }
}
