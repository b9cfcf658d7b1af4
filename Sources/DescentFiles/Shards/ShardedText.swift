internal import Descent
internal import LinearAlgebra
internal import Synchronization

/// The texts of several files as one, each without the lines before its rows but the first.
///
/// Where a line of it stands is known once it has been read, so that errors name the file and its line.
final class ShardedText: ByteSource {
  /// What it is made of, to be read more than once.
  struct Files {
    let name: String
    let shards: [TextShard]
    let maximumInflatedBytes: Int
    let progress: ReadProgress?
    let lines: ShardLines
    /// Whether rows come at once, and no lines before them: of others' first file a reader looks at its beginning by itself.
    let areRows: Bool

    init(
      name: String, shards: [TextShard], maximumInflatedBytes: Int, progress: ReadProgress?,
      areRows: Bool = false
    ) {
      (self.name, self.shards, self.progress) = (name, shards, progress)
      (self.maximumInflatedBytes, self.areRows) = (maximumInflatedBytes, areRows)
      lines = ShardLines(name)
    }

    /// The rows alone of some of the files.
    ///
    /// - Parameter linesBefore: the lines before those of the first file.
    func rows(of some: Range<Int>, linesBefore: Int) -> Files {
      Files(
        name: name,
        shards: some.map { $0 == 0 ? TextShard(path: shards[0].path, linesBefore: linesBefore) : shards[$0] },
        maximumInflatedBytes: maximumInflatedBytes, progress: progress, areRows: true)
    }

    var input: Input { Input(plain: ShardedText(self)) }
  }

  var name: String { files.name }
  private let files: Files
  private var input: Input?
  private var next = 0
  /// Line breaks that were handed out.
  private var count = 0
  private var last: UInt8 = .newline
  /// Bytes that were handed out, and those of the file under way.
  private var bytes = 0
  private var bytesOfThis = 0
  /// Of the files as they lie on the disk; nil of what is none.
  private let sizes: [Int?]
  private let areAlike: Bool

  init(_ files: Files) {
    self.files = files
    areAlike = Set(files.shards.map { $0.path.split(separator: ".").last ?? "" }).count == 1
    // A pipe would wait to be opened.
    sizes = files.shards.map { FileSource.isRegular($0.path) ? try? FileSource($0.path).size : nil }
  }

  var bound: Int? { nil }
  var size: Int? { nil }

  /// What has come, what the file under way probably has left, and of those to come as many bytes for theirs on the disk as of
  /// those before. Nil where some are compressed otherwise than others.
  var expectedSize: Int? {
    guard areAlike, let input, let read = sizes.prefix(next).sum, let rest = sizes.dropFirst(next).sum,
      read > 0
    else {
      return nil
    }
    let known = bytes - bytesOfThis + max(bytesOfThis, input.expectedSize ?? 0)
    return known + Int(Double(known) / Double(read) * Double(rest))
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      if let input {
        let read = try input.read(into: buffer)
        if read > 0 {
          note(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
          return read
        }
        self.input = nil
        // Its last row ends where another follows.
        if last != .newline, next < files.shards.count {
          buffer[0] = .newline
          note(UnsafeRawBufferPointer(rebasing: buffer[..<1]))
          return 1
        }
      }
      guard next < files.shards.count else { return 0 }
      try open(files.shards[next])
      next += 1
    }
  }

  private func open(_ shard: TextShard) throws(FileError) {
    let input = try Input(
      shard.path, maximumInflatedBytes: files.maximumInflatedBytes, progress: files.progress)
    // Of the first the reader does so by itself.
    if next > 0 || files.areRows { try CSVEncoding.check(input) }
    for _ in 0..<shard.linesBefore { try input.skipLine() }
    files.lines.note(next, shard.path, behind: count, skipped: shard.linesBefore)
    self.input = input
    bytesOfThis = 0
  }

  private func note(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes where byte == .newline { count += 1 }
    last = bytes.last ?? last
    self.bytes += bytes.count
    bytesOfThis += bytes.count
  }
}

extension Collection<Int?> {
  /// Nil where one of them is.
  fileprivate var sum: Int? { reduce(0) { sum, number in sum.flatMap { sum in number.map { sum + $0 } } } }
}

/// A file of such a text, and how many lines stand before its rows.
struct TextShard {
  let path: String
  let linesBefore: Int
}

/// Which file, and which line of it, a line of a ``ShardedText`` is.
final class ShardLines: Sendable {
  private struct Start {
    let path: String
    /// Lines of the text before its first, and lines of the file that were left out.
    let behind, skipped: Int
  }

  private let starts = Mutex<[Start]>([])
  private let name: String

  init(_ name: String) { self.name = name }

  /// Who reads the text again comes upon the same.
  fileprivate func note(_ shard: Int, _ path: String, behind: Int, skipped: Int) {
    starts.withLock {
      if $0.count == shard { $0.append(Start(path: path, behind: behind, skipped: skipped)) }
    }
  }

  /// What `body` returns; where it throws an error of a line of the text, the same of a line of its file.
  func naming<Result>(_ body: () throws(FileError) -> Result) throws(FileError) -> Result {
    do throws(FileError) { return try body() } catch { throw named(error) }
  }

  private func named(_ error: FileError) -> FileError {
    guard error.file == name, let line = error.place.line,
      let start = starts.withLock({ $0.last { $0.behind < line } })
    else { return error }
    var result = error.movedDown(by: start.skipped - start.behind)
    result.file = start.path
    return result
  }
}

extension FileError.Place {
  fileprivate var line: Int? {
    switch self {
    case .line(let line), .cell(let line, _, _): line
    case .file, .byte, .result: nil
    }
  }
}

/// The rows of a ``ShardedText``, whose errors name the files.
final class ShardedTextStream<Element: KernelScalar & StoredNumber>: RowStream {
  private let stream: any RowStream<Element>
  private let lines: ShardLines

  init(_ stream: any RowStream<Element>, _ lines: ShardLines) { (self.stream, self.lines) = (stream, lines) }

  func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    try lines.naming { () throws(FileError) in try stream.next(count) }
  }

  var isSparse: Bool { stream.isSparse }
  var hasHeader: Bool { stream.hasHeader }
  var keptNames: [String] { stream.keptNames }
}
