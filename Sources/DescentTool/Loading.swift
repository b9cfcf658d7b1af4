import Descent
import DescentFiles
import Foundation
import LinearAlgebra

/// Reads data, and shows how far it is where that takes longer than a second.
struct Loading {
  var isQuiet = false

  func read<Element: Scalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type
  ) throws -> Dataset {
    try showing("reading \(path)") { try DataFile.read(path, options, as: type, progress: $0) }
  }

  /// Does `work`, which tells how many bytes it has read.
  func showing<Result>(_ what: String, _ work: (@escaping ReadProgress) throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    var lastShown = 0.0
    defer { if lastShown > 0 { Console.status("") } }
    return try work { bytes, total in
      let seconds = (clock.now - start) / .seconds(1)
      guard !isQuiet, Console.isTerminal, seconds > 1, seconds - lastShown > 0.1 else { return }
      lastShown = seconds
      let share = total.map { " of \(megabytes($0))" } ?? ""
      Console.status(
        "\(what): \(megabytes(bytes))\(share), \(megabytes(Int(Double(bytes) / seconds)))/s")
    }
  }
}

func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1e6) }

extension Dataset {
  /// Looks through features that were mapped and not read: the readers check all others. Training does so by itself.
  func checkFinite(_ file: String) throws(Failure) {
    if let (row, column) = features.firstNonFinite {
      throw Failure(.nonFinite(row: row, column: column, name: nil), file: file)
    }
  }

  /// Classes that are named by numbers of which one has a fraction are meant as numbers to regress on.
  ///
  /// - Parameter isDecided: leaves the classes as they are.
  func readingNumbers(unless isDecided: Bool) -> Dataset {
    guard !isDecided, case .labels(let labels) = targets else { return self }
    let numbers = classNames.map { Double($0) }
    guard numbers.allSatisfy({ $0?.isFinite == true }), numbers.contains(where: { $0 != $0?.rounded() })
    else {
      return self
    }
    var result = self
    result.targets = .values(labels.map { numbers[Int($0)]! })
    result.classNames = []
    return result
  }
}
