import Descent
import DescentFiles
import Foundation
import LinearAlgebra

/// Reads data, and shows how far it is where that takes longer than a second.
struct Loading {
  var isQuiet = false

  func read<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type, title: String? = nil
  ) throws -> Dataset {
    var options = options
    options.communicator = RankProcess.communicator
    let data = try showing("reading", path) { progress in
      try DataFile.read(path, options, as: type, progress: progress)
    }
    if !isQuiet, let tally = options.tally { say(tally, of: title ?? path) }
    return data
  }

  /// Does `work`, which tells how many bytes it has read.
  func showing<Result>(
    _ what: String, _ path: String, _ work: (@escaping ReadProgress) throws -> Result
  ) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    var lastShown = 0.0
    defer { StatusLine.clear() }
    return try work { bytes, total in
      let seconds = (clock.now - start) / .seconds(1)
      guard !isQuiet, Terminal.errors.rewrites, seconds > 1, seconds - lastShown > 0.1 else { return }
      lastShown = seconds
      var parts = StatusParts()
      parts.add("\(what) \(path)", "\(what) \(path.fileName)", importance: 1)
      parts.add(megabytes(bytes) + (total.map { " of \(megabytes($0))" } ?? ""))
      parts.add("\(megabytes(Int(Double(bytes) / seconds)))/s", importance: 0)
      StatusLine.show(parts)
    }
  }
}

/// Says what was changed in reading, and what was not plain.
func say(_ tally: ReadingTally, of path: String) {
  let path = path == "-" ? "standard input" : path
  let counts = tally.counts
  switch tally.firstRow {
  case .names?:
    Console.say("note: \(path): the first row is read as the columns' names; if it is data, say --header no")
  case .data?:
    Console.say("note: \(path): the first row is read as data; if it names the columns, say --header yes")
  case nil: break
  }
  say(tally.columns, of: path)
  for remark in tally.remarks { Console.say("note: \(path): \(remark.text(naming: Usage.option))") }
  func note(_ count: Int, _ noun: String, _ words: String) {
    if count > 0 { Console.say("note: \(path): \(count) \(noun)\(count == 1 ? "" : "s") \(words)") }
  }
  note(counts.droppedRows, "row", "dropped, for cells that are missing")
  note(
    counts.filledCells, "missing cell",
    "filled in by the column's \(tally.filling == .median ? "median" : "mean")")
  note(counts.unseenCategories, "cell", "of a category that the model has not seen: all its features are 0")
}

/// Says how a table's columns were found, where that was not as they stand.
private func say(_ columns: ReadingTally.Columns, of path: String) {
  if columns.areReordered {
    Console.say("note: \(path): its columns are in another order than the model's, and found by their names")
  }
  if !columns.extra.isEmpty {
    let shown = columns.extra.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    let more = columns.extra.count > 5 ? " and \(columns.extra.count - 5) more" : ""
    Console.say("note: \(path): not read, since the model does not take them: \(shown)\(more)")
  }
  if columns.firstNamesRows {
    Console.say("note: \(path): the first column has no name and tells the rows apart: it is not read")
  }
  for name in columns.countingRows {
    Console.say(
      "warning: \(path): the column '\(name)' numbers the rows, and is taken for a feature; say --id \(name.shellWord), or "
        + "--ignore \(name.shellWord)"
    )
  }
}

func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1e6) }

extension Dataset {
  /// Looks through features that were mapped and not read: the readers check all others. Training does so by itself.
  func checkFinite(_ file: String) throws(Failure) {
    if let (row, column) = features.firstNonFinite {
      let what = features.nonFinite(row: row, column: column)
      throw Failure(.nonFinite(row: row, column: column, name: nil, what), file: file, self)
    }
  }

  /// That weights and offsets can be such. Training does so by itself.
  func checkRowNumbers(file: String) throws(Failure) {
    do throws(RowNumberError) { try checkRowNumbers() } catch { throw Failure(.badData, "\(file): \(error)") }
  }

  /// Classes that are named by numbers of which one has a fraction are meant as numbers to regress on.
  ///
  /// - Parameter isDecided: leaves the classes as they are.
  func readingNumbers(unless isDecided: Bool) -> Dataset {
    guard !isDecided, let numbers = targets.asNumbers(classNames) else { return self }
    var result = self
    result.targets = numbers
    result.classNames = []
    return result
  }
}

extension Targets {
  /// The numbers that the classes are named by, where all are and one of them has a fraction; nil elsewhere.
  func asNumbers(_ classNames: [String]) -> Targets? {
    guard case .labels(let labels) = self else { return nil }
    let numbers = classNames.map { Double($0) }
    guard numbers.allSatisfy({ $0?.isFinite == true }), numbers.contains(where: { $0 != $0?.rounded() })
    else { return nil }
    return .values(labels.map { numbers[Int($0)]! })
  }
}

extension OtherColumns {
  /// That rows have what the model adds to its scores; a table that lacks the column is refused when it is opened.
  func checkOffsets(_ offsets: [Double]?, data: String) throws(Failure) {
    guard let offset, offsets == nil else { return }
    let name = offset.name.map { "'\($0)'" } ?? "\(offset.number)"
    throw Failure(
      .badData,
      "\(data): the model adds column \(name)\(isExposure ? ", its logarithm," : "") to its scores, and there is none; give a "
        + "table that has it")
  }
}
