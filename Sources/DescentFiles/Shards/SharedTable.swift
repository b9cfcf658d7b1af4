internal import Descent
internal import Foundation
internal import LinearAlgebra

/// A table of which each rank reads some files, or some rows of a query: what was found in them all ranks agree on afterwards.
enum SharedTable {
  /// What ranks tell each other of the rows that each has read.
  struct Account: Codable {
    var rows = 0
    var droppedRows = 0
    /// In the order in which they came, as all that follows.
    var classes: [String] = []
    /// By column.
    var categories: [[String]] = []
    var groups: [String] = []
    /// The columns that say 1 and 0 by words.
    var truths: [Truth] = []
    var cut = Cut(part: 0..<0, count: 0, source: "")
    /// Whether a row was not as it should be.
    var hasFailed = false

    struct Truth: Codable, Hashable {
      var column: Int
      var words: TruthWords
    }
  }

  /// Which of so many files, or rows of a query, a rank has read: all must have cut the same ones, and alike.
  struct Cut: Codable {
    var first, end, count: Int
    /// What tells all of them from others.
    var source: String

    init(part: Range<Int>, count: Int, source: String) {
      (first, end, self.count, self.source) = (part.lowerBound, part.upperBound, count, source)
    }
  }

  /// What each rank does of a reading, and who they are.
  struct Share {
    let ranks: any Communicator
    /// Those of the reading, with counts of its own.
    let options: DataOptions

    /// Nil where each rank is to read all: alone, or since something is to be found in all rows first.
    init?(_ options: DataOptions) {
      guard let ranks = options.communicator, ranks.size > 1, ranks.lends, options.model == nil,
        !options.ignoresTargets, options.missing != .median, !options.roles.findsCategories
      else { return nil }
      var own = options
      own.tally = options.tally.map { _ in ReadingTally() }
      (self.ranks, self.options) = (ranks, own)
    }
  }

  /// Reads this rank's files, and makes one table of all.
  ///
  /// - Returns: Nil where each rank is to read all of them, see ``joined(_:of:file:_:_:)``.
  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset? {
    guard let text = file.text, file.isRegular, let share = Share(options) else { return nil }
    let sizes = try sizes(of: text.shards.map(\.path))
    let own = shares(of: sizes, among: share.ranks.size)[share.ranks.rank]
    let source = zip(text.shards, sizes).map { "\($0.path) \($1)" }.joined(separator: "\n")
    let hash = ContentHash()
    hash.add(source)
    let cut = Cut(part: own, count: sizes.count, source: "\(hash.value)")
    var rows = try? assembly(text, own, share.options, beyond: Double(Element.greatestFiniteMagnitude))
    let form = rows?.form
    // Handed on, and not held here beside what becomes of them.
    var data = try joined(cut, file: file.path, rows.take()?.assembly, share)
    if let form { data?.reading.form = form }
    if data != nil, let tally = share.options.tally { options.tally?.take(tally) }
    return data
  }

  /// One table of what all ranks have read.
  ///
  /// - Parameters:
  ///   - cut: what this one has read.
  ///   - rows: nil where one of them is not as it should be.
  /// - Returns: Nil where that is so at any rank, or they have not found the same: who reads all rows in their order tells best.
  static func joined(
    _ cut: Cut, file: String, _ rows: consuming CSVAssembly?, _ share: Share
  ) throws(FileError) -> Dataset? {
    var account = rows?.account ?? Account(hasFailed: true)
    account.cut = cut
    let accounts = try exchange(account, file, among: share.ranks)
    guard agree(accounts), let all = rows.take()?.joined(accounts, among: share.ranks) else { return nil }
    return try? all.dataset()
  }

  /// What is in some of the files.
  private static func assembly(
    _ text: ShardedText.Files, _ files: Range<Int>, _ options: DataOptions, beyond most: Double
  ) throws(FileError) -> (assembly: CSVAssembly, form: TableForm) {
    // Each sees the table's beginning, which tells its columns, and how it is written.
    let table = try CSVReader(text.input, options)
    let rows = text.rows(of: files, linesBefore: table.linesRead)
    let parts = CSVParts(
      rows.input, table, rest: [], options, beyond: most, chunkSize: RecordSplitter.chunkSize)
    return (try parts.read(), table.form)
  }

  /// Which files each rank reads: those whose middle lies in its share of all bytes.
  static func shares(of sizes: [Int], among ranks: Int) -> [Range<Int>] {
    var (middles, total) = ([Int](), 0)
    for size in sizes {
      middles.append(2 * total + size)
      total += size
    }
    return (0..<ranks).map { rank in
      func first(_ rank: Int) -> Int { middles.firstIndex { $0 * ranks >= 2 * total * rank } ?? sizes.count }
      return first(rank)..<(rank == ranks - 1 ? sizes.count : first(rank + 1))
    }
  }

  private static func sizes(of files: [String]) throws(FileError) -> [Int] {
    var sizes: [Int] = []
    for file in files { sizes.append(try FileSource(file).size ?? 0) }
    return sizes
  }

  /// Whether all have read what is theirs of the same, and found no words that contradict each other.
  private static func agree(_ accounts: [Account]) -> Bool {
    let cuts = accounts.map(\.cut)
    let truths = Set(accounts.flatMap(\.truths))
    return !accounts.contains { $0.hasFailed } && accounts.contains { $0.rows > 0 }
      && cuts[0].first == 0 && cuts.last!.end == cuts[0].count
      && cuts.allSatisfy { $0.count == cuts[0].count && $0.source == cuts[0].source }
      && zip(cuts, cuts.dropFirst()).allSatisfy { $0.end == $1.first }
      && Set(truths.map(\.column)).count == truths.count
  }

  private static func exchange(
    _ own: Account, _ file: String, among ranks: any Communicator
  ) throws(FileError) -> [Account] {
    do {
      let bytes = [UInt8](try JSONEncoder().encode(own))
      let counts = ranks.each(bytes.count)
      let all = ranks.gathered(bytes, counts: counts)
      var first = 0
      return try counts.map { count in
        defer { first += count }
        return try JSONDecoder().decode(Account.self, from: Data(all[first..<first + count]))
      }
    } catch { throw FileError(.inputOutput, file, "ranks do not understand each other: \(error)") }
  }
}
