import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

/// Descent as a reader of tables: each line of standard input reads the file once more, as in `Worker`.
struct TableWorker: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Read a table as often as asked.", shouldDisplay: false)

  @Argument var file: String
  @Option var threads = 1
  @Flag var double = false

  func run() throws {
    print("{}")  // ready
    fflush(nil)
    while readLine() != nil {
      let answer = try double ? read(as: Double.self) : read(as: Float.self)
      print(String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
      fflush(nil)
    }
  }

  private func read<Element: KernelScalar & StoredNumber>(as type: Element.Type) throws -> Answer {
    let start = ContinuousClock.now
    let data = try DataFile.read(file, DataOptions(threads: threads), as: type)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return check(data, seconds, peak: usage.ru_maxrss * 1024)
  }

  /// The sums that `Peers/reading.py` makes too.
  private func check(_ data: Dataset, _ seconds: Double, peak: Int) -> Answer {
    guard case .labels(let labels) = data.targets else { fatalError("\(file) holds no classes") }
    let names = data.classNames.map { Double($0)! }
    var (total, labelSum, hash) = (0.0, 0.0, 0 as UInt64)
    var row = [Double](repeating: 0, count: data.columns + 1)
    for index in 0..<data.rows {
      var span = row.mutableSpan
      data.features.read(index..<index + 1, into: &span)
      row[data.columns] = names[Int(labels[index])]
      labelSum += row[data.columns]
      var (sum, rowHash) = (0.0, 0 as UInt64)
      for column in row.indices {
        if column < data.columns { sum += row[column] }
        rowHash &+= row[column].bitPattern &* UInt64(2 * column + 1)
      }
      total += sum
      hash = hash &* 31 &+ rowHash
    }
    return Answer(
      seconds: seconds, result: [Double(data.rows), total, labelSum], bits: "\(hash)", peakBytes: peak)
  }
}
