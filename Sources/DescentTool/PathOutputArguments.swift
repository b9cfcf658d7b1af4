import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import Foundation
import LinearAlgebra

/// Where a path puts what it found.
struct PathOutputArguments: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file of the points: JSON, or CSV by its name, a line a point. JSON is written as the path goes on.",
      valueName: "file"), completion: .file(extensions: ["json", "csv"]))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A picture by its name, .svg or .png: weights, how many are not zero, and losses, along the path.",
      valueName: "file"), completion: .file(extensions: ["svg", "png"]))
  var picture: String?

  @Option(
    help: ArgumentHelp("A file for a page about the path, for any browser.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var report: String?

  @Flag(
    help: """
      Keep the points that --output holds, and go on after the last of them. Where there is no such file yet the path starts \
      from the beginning.
      """)
  var resume = false

  @Flag(help: "Print what a file of JSON would hold: one object on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard output != nil || json else {
      throw ValidationError("Missing expected argument '--output <file>', or --json")
    }
    try Usage.require(!resume || isResumable, "--resume needs an --output that is a file of JSON")
  }

  private var isTable: Bool { output?.lowercased().hasSuffix(".csv") ?? false }

  /// Whether the file can be gone on from.
  var isResumable: Bool { file != nil && !isTable }

  /// The one to write; nil is standard output, or none.
  var file: String? { output == "-" ? nil : output }

  var files: [Output?] {
    [
      Output("--output", output, isTable ? .pathTable : .path), Output("--picture", picture, .picture),
      Output("--report", report, .report), Output("--json", json ? "-" : nil, .path),
    ]
  }

  /// - Parameter isLast: whether there are no more points to come; only then there are a picture and a page.
  func write<Element: KernelScalar>(_ record: PathRecord<Element>, isLast: Bool) throws {
    if let output {
      let text = isTable ? record.csv() : try record.file.json()
      try AtomicFile.write(output, Array(text.utf8))
    }
    guard isLast else { return }
    if json { try Console.output(record.file.json()) }
    if let picture {
      let drawn = record.file.picture
      try PictureFile(path: picture).write(drawn.svg(), orElse: drawn.wordlessPNG)
    }
    if let report { try AtomicFile.write(report, Array(PathReport(path: record.file).page.html().utf8)) }
  }
}

extension OutputKind {
  static let path = OutputKind(noun: "path of descent", endings: [".json", ".csv"]) {
    PathFile.isOwn(OutputKind.beginning(of: $0, 1 << 20))
  }

  static let pathTable = table(header: PathFile.firstColumns, endings: [".json", ".csv"])
}

/// Shows people how far a path is.
final class PathProgress {
  private let isQuiet: Bool
  private let count: Int
  private let start = ContinuousClock.now
  private var lastShown = 0.0
  private var nextWrite = 1.0

  init(isQuiet: Bool, count: Int) { (self.isQuiet, self.count) = (isQuiet, count) }

  private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Writes where it is time to: a second after the last time, and so much later that it takes but a tenth of the time.
  func write(_ body: () throws -> Void) rethrows {
    guard seconds >= nextWrite else { return }
    let before = seconds
    try body()
    nextWrite = seconds + max(1, 9 * (seconds - before))
  }

  func show<Element>(_ point: PathPoint<Element>, number: Int) {
    guard !isQuiet, seconds - lastShown > (Terminal.errors.rewrites ? 0.1 : 2) else { return }
    lastShown = seconds
    let line = describe(point, number: number)
    if Terminal.errors.rewrites { StatusLine.show(line) } else { Console.say(line.text(fitting: .max)) }
  }

  private func describe<Element>(_ point: PathPoint<Element>, number: Int) -> StatusParts {
    var parts = StatusParts()
    parts.add("point \(number) of \(count)", "\(number)/\(count)")
    parts.add("l1 \(format(point.l1, 4))")
    parts.add("l2 \(format(point.l2, 4))", importance: 0)
    parts.add("loss \(format(point.loss, 6))", "loss \(format(point.loss, 4))")
    if let loss = point.heldOutLoss {
      parts.add("held out \(format(loss, 5))", "held \(format(loss, 4))", importance: 2)
    }
    parts.add("\(point.nonzeros) weights", importance: 2)
    parts.add(duration(seconds), importance: 1)
    return parts
  }
}
