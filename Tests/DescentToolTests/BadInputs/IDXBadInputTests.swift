import Testing

extension BadInput {
  /// Images `d`, beside labels; where `isLabel` the message is on those.
  static func idx(
    _ number: Int, _ what: String, in file: String = "d", _ images: [UInt8],
    labels: [UInt8] = Samples.labels(4), with options: String = "--labels labels", _ message: String
  ) -> BadInput {
    var bad = BadInput("idx-\(number)", what, file, images, options, .refused(65, message))
    bad.others = ["labels": labels]
    return bad
  }

  static func idx(
    _ number: Int, _ what: String, _ images: [UInt8], labels: [UInt8], reads features: [Double],
    _ names: [String]
  ) -> BadInput {
    var bad = BadInput(
      "idx-\(number)", what, "d", images, "--labels labels --quiet", .accepted(features, names))
    bad.others = ["labels": labels]
    return bad
  }
}

@Suite("Images that nobody meant: one line that names the byte and the remedy, and no output")
struct IDXBadInputTests {
  private static let images = Samples.images(4)
  private static let two = "give the two files that belong together"

  private static func typed(_ type: UInt8, _ dimensions: [Int], _ payload: [UInt8]) -> [UInt8] {
    var bytes = Samples.idx(dimensions, payload)
    bytes[2] = type
    return bytes
  }

  static let cases: [BadInput] = [
    .idx(
      60, "empty", [], with: "--labels labels --format idx",
      "d: at byte 0: only 0 bytes where IDX has a header; copy the file again"),
    .idx(
      60, "byte-swapped", [3, 8, 0, 0] + images.dropFirst(4), with: "--labels labels --format idx",
      "d: at byte 0: the IDX header is byte-swapped; write its numbers big-endian"),
    .idx(
      60, "text", Array("1,2,a\n".utf8), with: "--labels labels --format idx",
      "d: at byte 0: is not an IDX file: it does not start with two zeros; check the format"),
    .idx(
      60, "an unknown type", typed(10, [1, 1], [0]), with: "--labels labels --format idx",
      "d: at byte 2: IDX has no number type 10; use 8, 9, 11, 12, 13 or 14"),
    .idx(
      60, "dimensions cut off", Array(images.prefix(9)),
      "d: at byte 3: the IDX header declares 3 dimensions and does not hold them; copy the file again"),
    .idx(
      60, "no dimension", [0, 0, 8, 0], with: "--labels labels --format idx",
      "d: at byte 3: the IDX header declares 0 dimensions and does not hold them; copy the file again"),
    .idx(
      61, "a product beyond 64 bits", Samples.idx([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1]),
      "d: at byte 4: the header declares 4294967295 × 4294967295 × 4294967295 numbers, more than the file can hold; copy the file again"
    ),
    .idx(
      61, "more than the file", Samples.idx([60000, 28, 28], [1]),
      "d: at byte 4: the header declares 60000 × 28 × 28 numbers, more than the file can hold; copy the file again"
    ),
    .idx(
      62, "short", images.dropLast(),
      "d: at byte 31: the file ends after 15 of the 16 bytes that its header declares; copy the file again"),
    .idx(
      62, "long", images + [0],
      "d: at byte 32: more bytes follow than the header declares; copy the file again"
    ),
    .idx(
      62, "long, compressed", in: "d.gz", Samples.gzip(images + [0]),
      "d.gz: at byte 32: more bytes follow than the header declares; copy the file again"),
    .idx(
      62, "compressed, cut off", in: "d.gz", Array(Samples.gzip(images).dropLast(9)),
      "d.gz: at byte 36: the gzip data end too early; the file is cut off: copy it again"),
    .idx(
      62, "short labels", images, labels: Samples.labels(4).dropLast(),
      "labels: at byte 11: the file ends after 3 of the 4 bytes that its header declares; copy the file again"
    ),
    .idx(
      62, "long labels", images, labels: Samples.labels(4) + [0],
      "labels: at byte 12: more bytes follow than the header declares; copy the file again"),
    .idx(
      62, "NaN", typed(13, [4, 1], [0, 0, 0, 0, 0x7f, 0xc0, 0, 0] + Array(repeating: 0, count: 8)),
      "d: at byte 16: number 0 of row 1 is NaN; fill in finite numbers that the precision can hold"),
    .idx(
      62, "too large for float", typed(14, [1, 1], [0x7f, 0xef, 0, 0, 0, 0, 0, 0]), labels: Samples.labels(1),
      with: "--labels labels --precision float",
      "d: at byte 12: number 0 of row 0 is 1.7415152243978685e+308; fill in finite numbers that the precision can hold"
    ),
    .idx(
      63, "more images than labels", Samples.images(5),
      "labels: 4 labels for the 5 rows of d; \(two)"),
    .idx(
      63, "labels as images", Samples.labels(4),
      "d: at byte 4: holds one number a row, as labels do, and not images; give the images first and the labels by --labels"
    ),
    .idx(
      63, "images as labels", images, with: "--labels d",
      "d: at byte 3: holds 2 × 2 numbers a row, not labels; give the file of labels"),
    .idx(
      63, "no labels named", images, with: "",
      "d: IDX keeps the labels in a file of its own; name it with --labels"),
    .idx(
      63, "labels named of a table", in: "d.csv", Array("1,a\n2,b\n".utf8),
      "d.csv: a table holds its labels in a column; name it with --label, not --labels"),
    .idx(
      64, "labels beyond 9", Samples.idx([2, 1, 1], [1, 2]), labels: Samples.idx([2], [25, 7]),
      reads: [1, 2],
      ["25", "7"]),
    .idx(
      64, "labels with fractions", images,
      labels: typed(13, [4], [0x3f, 0x80, 0, 0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      "labels: at byte 12: the label 0.5 is not a whole number; fit numbers, as with --loss squared, or write class numbers"
    ),
    .idx(
      66, "no images", Samples.idx([0, 2, 2], []),
      "d: at byte 4: the header declares 0 × 2 × 2 numbers: there is no data; check that it is the right file"
    ),
    .idx(
      66, "no pixels", Samples.idx([4, 0, 2], []),
      "d: at byte 4: the header declares 4 × 0 × 2 numbers: there is no data; check that it is the right file"
    ),
  ]

  @Test(arguments: cases) func imagesAndLabels(_ bad: BadInput) { bad.check() }
}
