import Descent

/// Reads a file that holds one label a row, of NPY, NPZ, IDX or text.
enum LabelFile {
  /// Opens the file of labels at `path`, or the array of labels in an archive.
  static func open(_ path: String, _ options: DataOptions) throws(FileError) -> Input {
    let place = try MemberPath(onlyFile(path))
    let input = try Input(place.file, maximumInflatedBytes: options.maximumInflatedBytes)
    try ForeignFormat.refuse(input, readsArchives: true)
    guard try input.peek(4).elementsEqual(ZipArchive.magic) else {
      try place.check(.npy)
      return input
    }
    let archive = try NPZArchive(input, options)
    return try archive.input(try archive.labels(place.member, besides: nil))
  }

  /// The file that a path names, be it a pattern.
  private static func onlyFile(_ path: String) throws(FileError) -> String {
    let place = MemberPath(path)
    guard let files = try ShardPattern.files(place.file) else { return path }
    guard files.count == 1 else {
      throw FileError(
        .badData, path, "names \(files.count) files of labels, and the rows are in one file",
        remedy: "name one")
    }
    return files[0] + (place.member.map { ":\($0)" } ?? "")
  }

  /// Whether labels stand as text, which no number need be.
  static func holdsText(_ input: Input) throws(FileError) -> Bool {
    if try NPYHeader.holdsText(input) { return true }
    return LabelText.isNamed(input.name)
  }

  /// The targets, one for each of `rows` rows, and the classes' names.
  ///
  /// - Parameters:
  ///   - features: The file of the rows.
  ///   - mostClasses: More of them are an error.
  static func read(
    _ input: Input, rows: Int, of features: String, _ options: DataOptions,
    mostClasses: Int = FoundNames.greatestCount
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    let read = try read(input, rows: rows, options, mostClasses)
    guard read.targets.rows == rows else {
      throw FileError(
        .badData, input.name,
        "\(counted(read.targets.rows, "label")) for the \(counted(rows, "row")) of \(features)",
        remedy: "give the two files that belong together")
    }
    return read
  }

  private static func read(
    _ input: Input, rows: Int, _ options: DataOptions, _ mostClasses: Int
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    guard try input.peek(6).elementsEqual(NPYHeader.magic) else {
      let isIDX = try IDXHeader.isMagic(input.peek(4)) || !LabelText.isNamed(input.name)
      return try isIDX
        ? IDX.readLabels(input, options)
        : LabelText.read(input, rows: rows, options, mostClasses: mostClasses)
    }
    let header = try labelHeader(input)
    if case .text(let text) = header.element {
      return try LabelText.read(input, header, text, options, mostClasses: mostClasses)
    }
    let labels = try numbers(input, header)
    let classes = ClassNumbers(file: input.name) { .byte(header.length + $0 * header.type.size) }
    return try classes.targets(labels, options)
  }

  private static func numbers(_ input: Input, _ header: NPYHeader) throws(FileError) -> [Double] {
    let labels: [Double] = header.type.numbers(try NPY.payload(input, header))
    try header.checkFinite(labels, first: 0, file: input.name)
    return labels
  }

  /// Checks that an array has the shape of labels: `[rows]` or `[rows, 1]`.
  static func labelHeader(_ input: Input) throws(FileError) -> NPYHeader {
    let header = try NPYHeader(input, takesText: true)
    guard header.shape.count == 1 || header.shape.count == 2 && header.columns == 1 else {
      throw FileError(
        .badData, input.name,
        header.shape.isEmpty
          ? "holds one number, not one a row"
          : "the array has the shape \(words(header.shape)), not that of labels",
        remedy: "give an array of one number a row")
    }
    guard header.rows > 0 else {
      throw FileError(.badData, input.name, "there are no labels", remedy: "check that it is the right file")
    }
    return header
  }
}
