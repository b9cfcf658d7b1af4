import Descent
import DescentFiles
import Foundation
import LinearAlgebra
import Testing

/// A file of data that nobody meant, and what it must get: from the executable, and from the library's reader.
struct BadInput: CustomTestStringConvertible, Sendable {
  enum Expected: Sendable {
    /// One line, behind `descent: ` on standard error, and the exit code.
    case refused(Int32, String)
    /// What is read of it: all features, row after row, and the rows' labels.
    case accepted([Double], [String])
  }

  /// The section of the list of bad inputs, and the number in the list.
  let id: String
  let what: String
  let file: String
  let bytes: [UInt8]
  /// Behind `train FILE`.
  let options: [String]
  let expected: Expected
  /// Files beside it.
  var others: [String: [UInt8]] = [:]
  /// Whether the library's reader tells as well; what only a training finds out it does not.
  var isInReader = true
  /// What the executable adds to the reader's words.
  var addition = ""

  var testDescription: String { "\(id) \(what)" }

  init(
    _ id: String, _ what: String, _ file: String, _ bytes: [UInt8], _ options: String, _ expected: Expected
  ) {
    (self.id, self.what, self.file, self.bytes) = (id, what, file, bytes)
    self.options = options.split(separator: " ").map(String.init)
    self.expected = expected
  }

  /// The same, of which the library's reader tells otherwise or nothing.
  var byTheToolAlone: BadInput {
    var result = self
    result.isInReader = false
    return result
  }

  /// Puts it, and what belongs to it, into a folder, and holds both against what is expected.
  func check() {
    let folder = Folder()
    folder.write(file, bytes)
    for (name, bytes) in others { folder.write(name, bytes) }
    checkExecutable(in: folder)
    if isInReader { checkReader(in: folder) }
  }

  private func checkExecutable(in folder: Folder) {
    let before = folder.names
    let outcome = Tool.run(["train", file] + options, in: folder)
    switch expected {
    case .refused(let code, let message):
      #expect(outcome.errors.joined(separator: "\n") == "descent: \(message)\(addition)")
      #expect(outcome.code == code)
      #expect(outcome.output == "")
      #expect(folder.names == before)
    case .accepted:
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(folder.names.count == before.count + 1)
    }
  }

  private func checkReader(in folder: Folder) {
    let isDouble = options.contains("double")
    do {
      let data = try isDouble ? read(in: folder, as: Double.self) : read(in: folder, as: Float.self)
      guard case .accepted(let features, let labels) = expected else {
        Issue.record("the library reads it")
        return
      }
      #expect(data.allFeatures == features)
      #expect(data.allLabels == labels)
    } catch {
      let kind: FileError.Kind
      let message: String
      switch error {
      case let error as FileError: (kind, message) = (error.kind, error.text { "--\($0)" })
      case let error as TrainingError: (kind, message) = (.badData, "\(file): \(error)")
      default:
        Issue.record("an error without a type: \(error)")
        return
      }
      guard case .refused(let code, let expected) = expected else {
        Issue.record("the library refuses it: \(message)")
        return
      }
      #expect(message.replacing("\(folder.path)/", with: "") == expected)
      #expect(kind.exitCode == code)
    }
  }

  private func read<Element: KernelScalar & StoredNumber>(
    in folder: Folder, as type: Element.Type
  ) throws -> Dataset {
    let data = try DataFile.read("\(folder.path)/\(file)", dataOptions(in: folder), as: type)
    let loss = option("--loss").flatMap { Losses.named($0) } ?? Softmax()
    try Trainer(loss: loss).checkAll(data, as: type)
    return data
  }

  private func option(_ name: String) -> String? {
    options.firstIndex(of: name).map { options[$0 + 1] }
  }

  /// What the executable makes of its options.
  private func dataOptions(in folder: Folder) -> DataOptions {
    var result = DataOptions()
    if let name = option("--format") { result.format = DataOptions.Format(rawValue: name) }
    if let label = option("--label") { result.label = .column(label) }
    if let labels = option("--labels") { result.labelsPath = "\(folder.path)/\(labels)" }
    if let delimiter = option("--delimiter") {
      result.form.delimiter = delimiter == "space" ? .blanks : .character(delimiter.first!)
    }
    result.form.decimal = option("--decimal").flatMap { TableForm.Decimal(rawValue: $0.first!) }
    result.form.thousands = option("--thousands").flatMap {
      TableForm.Thousands(rawValue: $0 == "space" ? " " : $0.first!)
    }
    result.form.skippedLines = option("--skip").flatMap { Int($0) }
    result.form.comment = option("--comment")?.first
    if let header = option("--header") { result.header = header == "yes" ? .present : .absent }
    if let columns = option("--categorical") {
      result.roles.categorical = columns.split(separator: ",").map(String.init)
    }
    if let missing = option("--missing") { result.missing = DataOptions.Missing(rawValue: missing)! }
    if ["squared", "huber"].contains(option("--loss")) { result.target = .numbers }
    if options.contains("--zero-based") { result.isZeroBased = true }
    return result
  }
}

extension BadInput {
  func adding(_ words: String) -> BadInput {
    var result = self
    result.addition = words
    return result
  }
}

extension FileError.Kind {
  var exitCode: Int32 {
    switch self {
    case .badQuery: 64
    case .badData: 65
    case .noInput: 66
    case .cannotCreate: 73
    case .inputOutput: 74
    }
  }
}

extension Dataset {
  var allFeatures: [Double] {
    var result = [Double](repeating: 0, count: rows * columns)
    var span = result.mutableSpan
    features.read(0..<rows, into: &span)
    return result
  }

  /// The names of the rows' classes, or the numbers to regress on.
  var allLabels: [String] {
    switch targets {
    case .labels(let labels): labels.map { classNames[Int($0)] }
    case .values(let values, _): values.map { "\($0)" }
    }
  }
}
