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
    /// Where this rank's files, or rows of a query, begin and end, of so many: all must have cut them alike.
    var part: [Int] = []
    /// Whether a row was not as it should be.
    var hasFailed = false

    struct Truth: Codable, Hashable {
      var column: Int
      var words: TruthWords
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
    let files = try shares(of: text.shards.map(\.path), among: share.ranks.size)
    let own = files[share.ranks.rank]
    var rows = try? assembly(text, own, share.options, beyond: Double(Element.greatestFiniteMagnitude))
    let form = rows?.form
    // Handed on, and not held here beside what becomes of them.
    var data = try joined(own, of: text.shards.count, file: file.path, rows.take()?.assembly, share)
    if let form { data?.reading.form = form }
    if data != nil, let tally = share.options.tally { options.tally?.take(tally) }
    return data
  }

  /// One table of what all ranks have read.
  ///
  /// - Parameters:
  ///   - part: what this one has read of `count` files or rows.
  ///   - rows: nil where one of them is not as it should be.
  /// - Returns: Nil where that is so at any rank, or they have not found the same: who reads all rows in their order tells best.
  static func joined(
    _ part: Range<Int>, of count: Int, file: String, _ rows: consuming CSVAssembly?, _ share: Share
  ) throws(FileError) -> Dataset? {
    var account = rows?.account ?? Account(hasFailed: true)
    account.part = [part.lowerBound, part.upperBound, count]
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
  static func shares(of files: [String], among ranks: Int) throws(FileError) -> [Range<Int>] {
    var (sizes, total) = ([Int](), 0)
    for file in files {
      let size = try FileSource(file).size ?? 0
      sizes.append(2 * total + size)
      total += size
    }
    return (0..<ranks).map { rank in
      func first(_ rank: Int) -> Int { sizes.firstIndex { $0 * ranks >= 2 * total * rank } ?? files.count }
      return first(rank)..<(rank == ranks - 1 ? files.count : first(rank + 1))
    }
  }

  /// Whether all have read what is theirs, and found alike what is one for all rows.
  private static func agree(_ accounts: [Account]) -> Bool {
    let cuts = accounts.map(\.part)
    return !accounts.contains { $0.hasFailed } && accounts.contains { $0.rows > 0 }
      && cuts[0][0] == 0 && cuts.last![1] == cuts[0][2] && cuts.allSatisfy { $0[2] == cuts[0][2] }
      && zip(cuts, cuts.dropFirst()).allSatisfy { $0[1] == $1[0] }
      && Set(accounts.filter { $0.rows > 0 }.map(\.truths)).count == 1
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
