import ArgumentParser
import Descent
import DescentFiles
import Foundation

/// Descent, or naive Swift, as a peer among others: each line of standard input runs the task once more, and
/// is answered by one line of JSON, after a first one once it is ready. `Peers/worker.py` is the same for the others.
struct Worker: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run one task as often as asked.", shouldDisplay: false)

  @Argument var task: WorkerTask
  @Argument(help: "Features and labels, IDX.") var files: [String]
  @Option var factor = 1.0
  @Option var classes = 10
  @Option(help: "Units of a hidden layer; none makes the model linear.") var hidden = 0
  @Option var threads = 1
  @Flag var naive = false

  func run() throws {
    let data = try WorkerData(files, factor: factor, classes: classes, hidden: hidden)
    let run = task.prepare(data, threads: threads, naive: naive)
    print("{}")  // ready
    fflush(nil)
    while readLine() != nil {
      let answer = try JSONEncoder().encode(run())
      print(String(decoding: answer, as: UTF8.self))
      fflush(nil)
    }
  }
}

/// What a run came to: seconds, and numbers that must be the same for all peers.
struct Answer: Encodable {
  var seconds: Double
  var result: [Double]
  /// A fingerprint of every bit of the result.
  var bits: String?
  /// The most memory that the process has had so far.
  var peakBytes: Int?

  private enum CodingKeys: String, CodingKey {
    case seconds, result, bits
    case peakBytes = "peak_bytes"
  }
}
