import DescentFiles
import DescentPictures

/// A picture in a file: SVG, or PNG by its name.
struct PictureFile {
  let path: String

  private var isPNG: Bool { path.lowercased().hasSuffix(".png") }

  /// Before any work: that there will be a PNG where one is wanted.
  func check() throws(Failure) {
    guard isPNG, !SVGRenderer.isInstalled else { return }
    throw failure(.notInstalled)
  }

  func write(_ svg: String) throws {
    guard isPNG else { return try AtomicFile.write(path, Array(svg.utf8)) }
    try write(drawn(svg))
    let missing = Fonts.lacking(for: svg)
    guard let first = missing.first else { return }
    Console.say(
      "note: \(path): no font here has \(missing.prefix(10).map { "'\($0)'" }.joined(separator: ", "))"
        + "\(missing.count > 10 ? ", …" : ""): boxes stand for them; name \(path.dropLast(4)).svg, which takes the "
        + "fonts of who looks at it, or install one that has U+\(String(first.value, radix: 16).uppercased())"
    )
  }

  /// The same of a picture that tells something without a word, too.
  func write(_ svg: String, orElse wordless: () -> [UInt8]) throws {
    guard isPNG, !SVGRenderer.isInstalled else { return try write(svg) }
    try write(wordless())
    Console.say("note: without names: \(SVGRendererError.notInstalled); \(remedy)")
  }

  private func drawn(_ svg: String) throws(Failure) -> [UInt8] {
    do { return try SVGRenderer.png(of: svg) } catch { throw failure(error) }
  }

  private func write(_ bytes: [UInt8]) throws { try AtomicFile.write(path, bytes) }

  private func failure(_ error: SVGRendererError) -> Failure {
    Failure(.cannotCreate, "\(path): \(error); \(remedy)")
  }

  private var remedy: String {
    "name \(path.dropLast(4)).svg, which needs no more, or install it (Debian: apt-get install librsvg2-bin)"
  }
}
