import Foundation
import Testing

@Suite("What a command wrote before it replaces; what is anybody else's only by --force")
struct ReplacedOutputTests {
  /// A command with the option that names its output, and the ending of that.
  static let commands: [(command: String, option: String, ending: String)] = [
    ("train points.csv --quiet", "-o", ".onnx"), ("train points.csv --quiet", "-o", ".safetensors"),
    ("train points.csv --quiet -o new.onnx", "--metrics", ".json"),
    ("evaluate m points.csv", "--confusion", ".csv"),
    ("templates m", "-o", ".png"), ("templates m", "-o", ".svg"), ("report m points.csv", "-o", ".html"),
    ("train points.csv --quiet -o new.onnx", "--report", ".html"),
    ("export m", "-o", ".csv"), ("export m", "-o", ".onnx"), ("export m", "-o", ".safetensors"),
  ]

  @Test(arguments: commands) func ownFiles(_ row: (command: String, option: String, ending: String)) {
    let folder = Self.folder()
    let words = row.command.split(separator: " ").map(String.init) + [row.option, "out" + row.ending]
    for _ in 0..<2 {
      let outcome = Tool.run(words, in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    for foreign in ["kind,width\na,1\n", "{\"a\": 1}\n", "\u{8}\u{8}\u{12}\u{7}pytorch: made by another\n"] {
      folder.write("out" + row.ending, foreign)
      let before = folder.names
      let refused = Tool.run(words, in: folder)
      #expect(refused.code == 73)
      #expect(refused.errors.count == 1)
      #expect(refused.errors[0].hasPrefix("descent: out\(row.ending): is there already, and is no "))
      #expect(refused.errors[0].hasSuffix("; name another file, or add --force to replace it"))
      #expect(folder.text("out" + row.ending) == foreign)
      #expect(folder.names == before)
      // The advice.
      #expect(Tool.run(words + ["--force"], in: folder).code == 0)
      #expect(folder.read("out" + row.ending) != Array(foreign.utf8))
    }
  }

  /// Nothing tells them from anybody's.
  @Test(arguments: [
    "convert points.csv out.npy --labels-output y.csv", "convert points.csv out.csv", "export m -o out.npy",
    "export m -o out.csv --part weights",
  ])
  func data(_ command: String) {
    let folder = Self.folder()
    let words = command.split(separator: " ").map(String.init)
    #expect(Tool.run(words, in: folder).code == 0)
    let (out, labels) = (folder.names.filter { $0.hasPrefix("out") }[0], folder.names.contains("y.csv"))
    let refused = Tool.run(words, in: folder)
    #expect(
      refused.errors == [
        "descent: \(out): is there already; name another file, or add --force to replace it"
      ])
    #expect(refused.code == 73)
    #expect(Tool.run(words + ["--force"], in: folder).code == 0)
    guard labels else { return }
    try? FileManager.default.removeItem(atPath: folder.path + "/" + out)
    #expect(Tool.run(words, in: folder).errors.first?.hasPrefix("descent: y.csv: is there already") == true)
  }

  @Test func anotherKindOfOurs() {
    let folder = Self.folder()
    folder.write("m.json", folder.read("m"))
    let outcome = Tool.run(["train", "points.csv", "--quiet", "--metrics", "m.json"], in: folder)
    #expect(
      outcome.errors == [
        "descent: m.json: is there already, and is no file of metrics; name another file, or add --force to replace it"
      ])
    #expect(!folder.names.contains("points.onnx"))
  }

  /// What is read is never written over, by whatever name it goes.
  @Test func inputs() {
    let folder = Self.folder()
    link(folder.path + "/points.csv", folder.path + "/linked")
    symlink("m", folder.path + "/alias.onnx")
    for command in [
      "train points.csv -o linked", "export m -o alias.onnx", "convert points.csv linked --output-format csv",
      "templates m.png -o m.png",
    ] {
      folder.write("m.png", folder.read("m"))
      let outcome = Tool.run(command.split(separator: " ").map(String.init) + ["--force"], in: folder)
      #expect(
        outcome.errors.last?.hasSuffix(": is read by this command; name another file for the output") == true,
        "\(command): \(outcome.errors)")
      #expect(outcome.code == 73)
    }
  }

  @Test func emptyFilesAndDevices() {
    let folder = Self.folder()
    folder.write("new.onnx", "")
    #expect(Tool.run(["train", "points.csv", "--quiet", "-o", "new.onnx"], in: folder).code == 0)
    #expect(folder.read("new.onnx") == folder.read("m"))
    let outcome = Tool.run(
      ["train", "points.csv", "--quiet", "-o", "/dev/null", "--metrics", "/dev/null"], in: folder)
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
  }

  static let endings: [(String, String)] = [
    ("train points.csv -o model.pkl", "--output must end in .onnx or .safetensors, not 'model.pkl'"),
    ("train points.csv -o points.csv", "--output must end in .onnx or .safetensors, not 'points.csv'"),
    ("train points.csv -o model.onnx.gz", "--output must end in .onnx or .safetensors, not 'model.onnx.gz'"),
    ("train points.csv --metrics m.yaml", "--metrics must end in .json, not 'm.yaml'"),
    ("evaluate m points.csv --confusion c.xlsx", "--confusion must end in .csv, not 'c.xlsx'"),
    ("templates m -o picture", "--output must end in .png or .svg, not 'picture'"),
    ("train points.csv -o m --metrics ./m", "--output and --metrics name the same file"),
    ("train points.csv --checkpoint points.onnx", "--output and --checkpoint name the same file"),
  ]

  @Test(arguments: endings) func names(_ command: String, _ message: String) {
    let folder = Self.folder()
    let before = folder.names
    let words = command.split(separator: " ").map(String.init)
    let outcome = Tool.run(words, in: folder)
    #expect(outcome.errors == ["descent: \(message); see 'descent \(words[0]) --help'"])
    #expect(outcome.code == 64)
    #expect(folder.names == before)
  }

  private static func folder() -> Folder {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = Tool.run(["train", "points.csv", "--quiet", "-o", "m"], in: folder)
    precondition(outcome.code == 0, "\(outcome)")
    return folder
  }
}
