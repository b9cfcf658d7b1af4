import Descent
import DescentFiles
import Testing

@Suite("A model file that is not whole is refused")
struct ModelFileTests {
  private static let model: [UInt8] = {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    _ = Tool.run(["train", "points.csv", "--quiet", "--output", "model"], in: folder)
    return folder.read("model")
  }()

  @Test func cutAtEveryByte() throws {
    let folder = Folder()
    folder.write("whole", Self.model)
    _ = try ModelFile.read(folder.path + "/whole")
    for count in Self.model.indices {
      folder.write("cut", Array(Self.model.prefix(count)))
      let error = #expect(throws: FileError.self) { try ModelFile.read(folder.path + "/cut") }
      #expect(error?.kind == .badData, "\(count) bytes")
    }
  }

  @Test func cutThroughTheBinary() {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let commands = [
      ["inspect", "cut"], ["evaluate", "cut", "points.csv"], ["predict", "cut", "points.csv"],
      ["templates", "cut", "-o", "t.png"],
    ]
    for (i, count) in stride(from: 0, to: Self.model.count, by: Self.model.count / 12).enumerated() {
      folder.write("cut", Array(Self.model.prefix(count)))
      let outcome = Tool.run(commands[i % commands.count], in: folder)
      #expect(outcome.code == 65, "\(count) bytes")
      #expect(outcome.errors.count == 1 && outcome.errors[0].hasPrefix("descent: cut: "), "\(outcome.errors)")
      #expect(outcome.output == "")
      #expect(folder.names == ["cut", "points.csv"])
    }
  }

  @Test func dataThatDoNotFit() {
    let folder = Folder()
    folder.write("model", Self.model)
    folder.write("wide.csv", "1,2,3,4\n")
    folder.write("other.csv", "x,z,kind\n1,2,a\n")
    folder.write("unknown.csv", "x,y,kind\n1,2,d\n")
    folder.write("narrow.csv", "1\n")
    let cases: [([String], String)] = [
      (
        ["predict", "model", "wide.csv"],
        "wide.csv:1: 4 columns do not fit the model, which takes 2 features; give the features it was trained on"
      ),
      (
        ["predict", "model", "narrow.csv"],
        "narrow.csv:1: 1 column does not fit the model, which takes 2 features; give the features it was trained on"
      ),
      (
        ["predict", "model", "other.csv"],
        "other.csv:1: there is no column 'y', which the model takes; the columns are 'x', 'z', 'kind'"
      ),
      (
        ["evaluate", "model", "wide.csv"],
        "wide.csv:1: 4 columns do not fit the model, which takes 2 features; give 2 features and the label"
      ),
      (
        ["evaluate", "model", "unknown.csv"],
        "unknown.csv:2: column 3 'kind': the model knows no class 'd'; it knows 'a', 'b', 'c'"
      ),
      (
        ["evaluate", "model", "other.csv"],
        "other.csv:1: there is no column 'y', which the model takes; the columns are 'x', 'z', 'kind'"
      ),
    ]
    for (arguments, message) in cases {
      let outcome = Tool.run(arguments, in: folder)
      #expect(outcome.errors == ["descent: \(message)"])
      #expect(outcome.code == 65)
      #expect(outcome.output == "")
    }
  }

  @Test func templatesOfAnotherShape() {
    let folder = Folder()
    folder.write("model", Self.model)
    let outcome = Tool.run(["templates", "model", "-o", "t.png", "--shape", "3x3"], in: folder)
    #expect(outcome.errors == ["descent: --shape 3x3x1 is 9 numbers, the model takes 2"])
    #expect(outcome.code == 64)
    #expect(folder.names == ["model"])
  }
}
