import Descent
import DescentFiles

/// What people are told of the targets: where they were found and how they were read.
struct TargetText {
  private let data: Dataset
  private let summary: TargetSummary
  private let arguments: DataArguments
  /// The loss that was asked for.
  private let loss: (any Loss)?

  init(_ data: Dataset, _ arguments: DataArguments, loss: (any Loss)?) {
    (self.data, self.arguments, self.loss) = (data, arguments, loss)
    summary = TargetSummary(data)
  }

  /// Refuses classes that are hardly meant as such, where no loss was asked for. Of pictures they are.
  func check(file: String) throws(Failure) {
    guard loss == nil, summary.isDoubtful, data.imageShape == nil else { return }
    let rows = "\(summary.rows) rows"
    let others = suspect.map { "; column \($0.words): if that is the target, say --label \($0.option)" } ?? ""
    switch summary.kind {
    case .wholeNumbers, .fractions:
      throw Failure(
        .badData,
        "\(file): \(place) holds \(summary.classes) different numbers in \(rows), more than classes would; "
          + "say --loss squared to fit numbers, or --loss softmax for classes" + others)
    case .names:
      let mixed = summary.exception.map {
        ", \(summary.numbers) of them numbers and others not, such as '\(shortened($0, to: 40))'"
      }
      let remedy =
        mixed == nil
        ? "name the column of the targets with --label, or say --loss softmax for classes"
        : "say --loss squared to fit numbers, which tells what to mend, or --loss softmax for classes"
      throw Failure(
        .badData,
        "\(file): \(place) holds \(summary.classes) different names in \(rows)\(mixed ?? ""), "
          + "more than classes would; \(remedy)" + others)
    case .numbers: break
    }
  }

  /// A failure to train from one class, which may be the wrong column's.
  func explaining(_ failure: Failure, _ error: TrainingError) -> Failure {
    guard case .oneClass = error, isLast, data.columns > 1 else { return failure }
    return Failure(
      failure.code, failure.message + "; if the last column is not the target, name that with --label")
  }

  /// A line: `target: column 3 'price' (the last): 300 whole numbers, read as classes; --loss squared for a number`.
  var line: String { "target: \(place): \(reading)" }

  /// What may be meant otherwise.
  var notes: [String] { [suspectNote, twinsNote].compactMap { $0 } }

  private var twinsNote: String? {
    guard summary.twins.count == 2 else { return nil }
    return
      "note: '\(summary.twins[0])' and '\(summary.twins[1])' are two classes here, and one number; spell them alike if "
      + "they are one class"
  }

  private var suspectNote: String? {
    suspect.map {
      "note: column \($0.words), and the last is the target here; for the other say --label \($0.option)"
    }
  }

  private var reading: String {
    let names = summary.classes == 1 ? "name" : "names"
    let asked = loss.map { ", as --loss \($0.name) asks" }
    return switch summary.kind {
    case .numbers: "numbers\(asked ?? ", some with fractions, read as such; --loss softmax for classes")"
    case .names: "\(summary.classes) \(names), read as classes"
    case .wholeNumbers:
      "\(summary.classes) whole numbers, read as classes\(asked ?? "; --loss squared for a number")"
    case .fractions: "\(summary.classes) numbers, read as classes\(asked ?? "")"
    }
  }

  /// Whether the last column was taken because none was named.
  private var isLast: Bool { arguments.columns.label == nil && data.labelColumn != nil }

  private var place: String {
    guard let column = data.labelColumn else {
      return arguments.labels.map { "the labels of '\($0)'" } ?? "the labels of the rows"
    }
    return "column \(column.number)" + (column.name.map { " '\(shortened($0, to: 40))'" } ?? "")
      + (isLast ? " (the last)" : "")
  }

  private struct Suspect {
    let words: String
    let option: String
  }

  /// A column that is named as targets are, or the first where it holds a few whole numbers and the last does not.
  private var suspect: Suspect? {
    guard isLast, let target = data.labelColumn, !LabelColumnName.isOne(target.name ?? "") else { return nil }
    let names = data.table?.columns.compactMap(\.name) ?? data.featureNames
    if let index = names.firstIndex(where: { LabelColumnName.isOne($0, among: names) }) {
      let column = column(index, among: names)
      return Suspect(words: "\(column.number) is named '\(names[index])'", option: column.option)
    }
    guard loss == nil, let count = firstColumn?.count, summary.kind == .numbers || summary.classes > count
    else { return nil }
    let column = column(0, among: names)
    let name = names.first.map { " '\($0)'" } ?? ""
    return Suspect(words: "\(column.number)\(name) holds \(count) whole numbers only", option: column.option)
  }

  /// The column of the table that a feature comes from: its number, and as `--label` takes it.
  private func column(_ feature: Int, among names: [String]) -> (number: Int, option: String) {
    let others = data.others
    let taken = Set(
      (others.ignored + [others.id, others.weight, others.offset, data.labelColumn].compactMap { $0 }).map(
        \.number))
    let number = (1...taken.count + feature + 1).filter { !taken.contains($0) }[feature]
    guard names.indices.contains(feature), !names[feature].hasPrefix("-") else {
      return (number, "\(number)")
    }
    return (number, names[feature].shellWord)
  }

  /// The first column's numbers, where they are few, whole and each comes again: as classes do.
  private var firstColumn: Set<Double>? {
    guard data.columns > 0, !(data.table?.columns.first?.categories != nil) else { return nil }
    let rows = min(data.rows, max(1, 1_000_000 / data.columns), 1000)
    var numbers = [Double](repeating: 0, count: rows * data.columns)
    var span = numbers.mutableSpan
    data.features.read(0..<rows, into: &span)
    var counts: [Double: Int] = [:]
    for row in 0..<rows { counts[numbers[row * data.columns], default: 0] += 1 }
    let values = counts.keys.sorted()
    let isCounted = values.first == 0 || values.first == 1
    guard (2...20).contains(values.count), counts.values.allSatisfy({ $0 > 1 }),
      isCounted && values.last == values[0] + Double(values.count - 1) || values == [-1, 1]
    else { return nil }
    return Set(values)
  }
}

extension TargetSummary {
  /// What helps where a hold-out of this fraction leaves no row on one side: each class gives up its share, rounded.
  func remedy(holdout fraction: Double) -> String {
    guard most > 1 else {
      return classes > 1
        ? "no class has two rows, so that no fraction helps: measure by --test" : "measure by --test"
    }
    let least = (50 / Double(most)).rounded(.up) / 100
    return fraction < least
      ? "choose a fraction of at least \(format(least, 2))" : "choose a smaller fraction"
  }
}
