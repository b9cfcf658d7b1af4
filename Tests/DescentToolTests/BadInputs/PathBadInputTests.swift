import Foundation
import Testing

@Suite("What cannot be read or written gets one line, its exit code, and no output")
struct PathBadInputTests {
  struct Case: CustomTestStringConvertible {
    let id: String
    let arguments: [String]
    let code: Int32
    /// Nil where the system words it.
    let message: String?
    var testDescription: String { "\(id) \(arguments.joined(separator: " "))" }

    init(_ id: String, _ arguments: String, _ code: Int32, _ message: String? = nil) {
      self.id = id
      (self.arguments, self.code, self.message) = (
        arguments.split(separator: " ").map(String.init), code, message
      )
    }
  }

  static let inputs: [Case] = [
    Case("csv-25", "train nosuch.csv", 66, "nosuch.csv: there is no such file; check the path"),
    Case("csv-25", "train nosuch/d.csv", 66, "nosuch/d.csv: there is no such file; check the path"),
    Case("csv-25", "train folder", 66, "folder: is a directory; name a file in it"),
    Case("csv-25", "train loop.csv", 66, "loop.csv: cannot be opened: Too many levels of symbolic links"),
    Case(
      "csv-25", "train points.csv --test nosuch.csv", 66, "nosuch.csv: there is no such file; check the path"),
    Case("csv-25", "train images --labels nosuch", 66, "nosuch: there is no such file; check the path"),
    Case("csv-25", "train images --labels folder", 66, "folder: is a directory; name a file in it"),
    Case(
      "csv-25", "train /dev/null --format csv", 65,
      "/dev/null: there are no rows of data; check that it is the right file"),
    Case("csv-25", "evaluate nosuch points.csv", 66, "nosuch: there is no such file; check the path"),
    Case("csv-25", "evaluate folder points.csv", 66, "folder: is a directory; name a file in it"),
    Case("csv-25", "evaluate model nosuch.csv", 66, "nosuch.csv: there is no such file; check the path"),
    Case(
      "csv-25", "evaluate points.csv points.csv", 65,
      "points.csv: is text, such as a table of data, and no model; give the model first and the data after it"
    ),
    Case("csv-25", "predict nosuch points.csv", 66, "nosuch: there is no such file; check the path"),
    Case("csv-25", "predict model folder", 66, "folder: is a directory; name a file in it"),
    Case("csv-25", "templates nosuch -o t.png", 66, "nosuch: there is no such file; check the path"),
    Case("csv-25", "inspect nosuch", 66, "nosuch: there is no such file; check the path"),
    Case("csv-25", "inspect folder", 66, "folder: is a directory; name a file in it"),
    Case(
      "csv-25", "inspect empty", 65,
      "empty: holds no model: it has 0 bytes; give a file that 'descent train' wrote, or another ONNX model"
    ),
  ]

  static let outputs: [Case] = [
    Case(
      "flags-87", "train points.csv --output nosuch/m", 73,
      "nosuch/m: there is no folder 'nosuch'; make it first"),
    Case(
      "flags-87", "train points.csv --output folder", 73,
      "folder: is a folder; name a file in it for the output"),
    Case(
      "flags-87", "train points.csv --output new/", 73, "new/: is a folder; name a file in it for the output"),
    Case(
      "flags-87", "train images --labels labels --output labels", 73,
      "labels: is read by this command; name another file for the output"),
    Case(
      "flags-87", "train images --labels labels --output folder/../images", 73,
      "folder/../images: is read by this command; name another file for the output"),
    Case(
      "flags-87", "train images --labels labels --metrics labels", 73,
      "labels: is read by this command; name another file for the output"),
    Case(
      "flags-87", "train points.csv --metrics nosuch/m", 73,
      "nosuch/m: there is no folder 'nosuch'; make it first"),
    Case("flags-87", "train points.csv --quiet --output /sys/m", 73),
    Case(
      "flags-87", "train points.csv --quiet --output /dev/full", 74,
      "/dev/full: cannot be written: No space left on device"),
    Case(
      "flags-87", "templates model -o nosuch/t.png", 73,
      "nosuch/t.png: there is no folder 'nosuch'; make it first"),
    Case("flags-87", "templates model -o /sys/t.png", 73),
  ]

  @Test(arguments: inputs + outputs) func refuses(_ bad: Case) {
    let folder = Self.folder()
    let before = folder.names
    let outcome = Tool.run(bad.arguments, in: folder)
    #expect(outcome.errors.count == 1)
    if let message = bad.message { #expect(outcome.errors == ["descent: \(message)"]) }
    #expect(outcome.code == bad.code)
    #expect(outcome.output == "")
    #expect(folder.names == before)
    #expect(folder.text("points.csv") == Samples.points)
  }

  static let unreadable = [
    ("train unreadable.csv", "unreadable.csv"), ("train points.csv --test unreadable.csv", "unreadable.csv"),
    ("train images --labels unreadable.csv", "unreadable.csv"),
    ("train locked/points.csv", "locked/points.csv"),
    ("evaluate unreadable.csv points.csv", "unreadable.csv"),
    ("predict model unreadable.csv", "unreadable.csv"),
    ("inspect unreadable.csv", "unreadable.csv"), ("convert unreadable.csv t.tsv", "unreadable.csv"),
    ("train --sqlite unreadable.csv --query q", "unreadable.csv"),
  ]

  /// As one who may not read everything.
  @Test(
    "csv-25: what may not be read", .enabled(if: Unprivileged.isPossible, Unprivileged.comment),
    arguments: unreadable)
  func mayNotBeRead(_ arguments: String, _ file: String) throws {
    let wrapper = try #require(Unprivileged.wrapper)
    let folder = Self.folder()
    folder.makeFolder("locked")
    folder.write("locked/points.csv", Samples.points)
    chmod(folder.path + "/locked", 0)
    chmod(folder.path, 0o777)
    let before = folder.names
    let outcome = Tool.run(arguments.split(separator: " ").map(String.init), in: folder, under: wrapper)
    #expect(outcome.errors == ["descent: \(file): may not be read; check its permissions"])
    #expect(outcome.code == 66)
    #expect(folder.names == before)
    chmod(folder.path + "/locked", 0o700)
  }

  @Test("csv-25: a pipe with a name") func namedPipe() {
    let folder = Self.folder()
    let outcome = Tool.run(
      [], in: folder,
      under: [
        "sh", "-c",
        "mkfifo pipe; cat points.csv > pipe & exec \"$0\" train pipe --format csv --quiet -o piped",
      ])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(folder.model("piped") == folder.model("model"))
  }

  @Test(
    "flags-87: a folder that may not be written to, and a file",
    .enabled(if: Unprivileged.isPossible, Unprivileged.comment))
  func readOnly() throws {
    let wrapper = try #require(Unprivileged.wrapper)
    let folder = Self.folder()
    folder.makeFolder("closed")
    folder.write("kept", "old")
    chmod(folder.path + "/closed", 0o500)
    chmod(folder.path + "/kept", 0o400)
    chmod(folder.path, 0o755)
    for output in ["closed/m", "kept"] {
      let outcome = Tool.run(["train", "points.csv", "--quiet", "-o", output], in: folder, under: wrapper)
      #expect(outcome.code == 73 && outcome.errors.count == 1, "\(outcome)")
    }
    #expect(folder.text("kept") == "old")
  }

  /// With standard output on a device that is full.
  @Test(
    "flags-88: a full standard output",
    arguments: [
      "train points.csv --quiet --output -", "train points.csv --quiet --output m --metrics -",
      "evaluate model points.csv", "predict model points.csv", "inspect model",
    ])
  func fullOutput(_ arguments: String) {
    let folder = Self.folder()
    let outcome = Tool.run(
      arguments.split(separator: " ").map(String.init), in: folder, output: "/dev/full")
    #expect(outcome.errors.count == 1)
    #expect(outcome.errors[0].hasPrefix("descent: standard output: "))
    #expect(outcome.errors[0].hasSuffix("No space left on device"))
    #expect(outcome.code == 74)
    #expect(!folder.names.contains { $0.hasSuffix(".tmp") })
  }

  /// With standard output into a pipe that nobody reads any more.
  @Test(
    "flags-88: nobody reads",
    arguments: [
      "train points.csv --quiet --output -", "evaluate model points.csv", "predict model points.csv",
      "inspect model",
    ])
  func closedPipe(_ arguments: String) {
    let folder = Self.folder()
    let (reading, writing) = Tool.makePipe()
    close(reading)
    let errors = open(folder.path + "/errors", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    let run = Tool.Run(
      arguments.split(separator: " ").map(String.init), in: folder,
      input: open("/dev/null", O_RDONLY | O_CLOEXEC), output: writing, errors: errors)
    // Ended as every tool is whose reader has gone, and nothing is said.
    #expect(run.wait() == 128 + SIGPIPE)
    #expect(folder.text("errors") == "")
  }

  static let notOpen: [(String, String, Int32, String)] = [
    (">&-", "train points.csv --quiet --output -", 74, "standard output: is not open to be written"),
    (
      ">&-", "train points.csv --quiet --output m --metrics -", 74,
      "standard output: is not open to be written"
    ),
    (">&-", "train points.csv --quiet --output /dev/stdout", 74, "/dev/stdout: is not open to be written"),
    (
      ">&-", "convert points.csv - --output-format tsv --quiet", 74,
      "standard output: is not open to be written"
    ),
    (">&-", "predict model points.csv", 74, "standard output: is not open to be written"),
    (">&-", "evaluate model points.csv", 74, "standard output: is not open to be written"),
    (">&-", "inspect model", 74, "standard output: is not open to be written"),
    (
      "<&-", "train - --quiet --output m", 66,
      "standard input: is not open; name a file, or give it one by '<'"
    ),
    ("<&- >&-", "predict model -", 66, "standard input: is not open; name a file, or give it one by '<'"),
  ]

  /// With a standard stream closed: no file that is opened gets its number.
  @Test("flags-88: closed streams", arguments: notOpen)
  func closedStreams(_ closed: String, _ arguments: String, _ code: Int32, _ message: String) {
    let folder = Self.folder()
    let before = folder.names
    let outcome = Tool.run([], in: folder, under: ["sh", "-c", "exec \"$0\" \(arguments) \(closed)"])
    #expect(outcome.errors == ["descent: \(message)"])
    #expect(outcome.code == code)
    #expect(folder.names == before)
  }

  /// With all three closed what need not be said is not said, and the model is as ever.
  @Test("flags-88: all streams closed") func allClosed() {
    let folder = Self.folder()
    let outcome = Tool.run(
      [], in: folder,
      under: ["sh", "-c", "exec \"$0\" train points.csv --verbose --output m --metrics n <&- >&- 2>&-"])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(folder.model("m") == folder.model("model"))
    #expect(folder.text("n").hasPrefix("{") && folder.text("n").hasSuffix("}\n"))
    #expect(folder.text("points.csv") == Samples.points)
  }

  /// The measurements cannot be written: the model, which is whole, stays.
  @Test func fullMetrics() {
    let folder = Self.folder()
    let outcome = Tool.run(["train", "points.csv", "--metrics", "/dev/full"], in: folder)
    #expect(
      outcome.errors.suffix(2)
        == ["wrote points.onnx", "descent: /dev/full: cannot be written: No space left on device"])
    #expect(outcome.code == 74)
    #expect(folder.read("points.onnx") == folder.read("model"))
  }

  @Test func anOldModelStaysWhereTrainingFails() {
    let folder = Self.folder()
    let old = folder.read("model")
    let outcome = Tool.run(
      ["train", "points.csv", "--output", "model", "--learning-rate", "1e300"], in: folder)
    #expect(outcome.code == 70)
    #expect(folder.read("model") == old)
  }

  @Test("flags-88: an interrupt") func interrupted() {
    let folder = Self.folder()
    let before = folder.names
    let (reading, writing) = Tool.makePipe()
    let run = Tool.Run(
      ["train", "points.csv", "--epochs", "1000000000", "--verbose"], in: folder,
      input: open("/dev/null", O_RDONLY | O_CLOEXEC), output: open("/dev/null", O_WRONLY | O_CLOEXEC),
      errors: writing)
    let errors = fdopen(reading, "r")!
    defer { fclose(errors) }
    var lines: [String] = []
    var (line, size): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
    while getline(&line, &size, errors) >= 0 {
      lines.append(String(cString: line!))
      // It trains now.
      if lines.count == 10 { kill(run.process, SIGINT) }
    }
    free(line)
    #expect(run.wait() == 130)
    #expect(lines.last == "descent: interrupted; the model is the best so far\n")
    #expect(folder.names == (before + ["points.onnx"]).sorted())
  }

  /// Data, a model, a folder and a link to itself.
  private static func folder() -> Folder {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    folder.write("images", Samples.images(6))
    folder.write("labels", Samples.labels(6))
    folder.write("empty", "")
    folder.makeFolder("folder")
    folder.write("unreadable.csv", Samples.points)
    chmod(folder.path + "/unreadable.csv", 0)
    symlink("loop.csv", folder.path + "/loop.csv")
    let outcome = Tool.run(["train", "points.csv", "--quiet", "--output", "model"], in: folder)
    precondition(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome)")
    return folder
  }
}
