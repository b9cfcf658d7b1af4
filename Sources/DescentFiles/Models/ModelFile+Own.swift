internal import Foundation

extension ModelFile {
  /// Whether the file at `path` begins as those that are written here: one that another model may take the place of.
  public static func isOwn(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path), let front = try? file.read(upToCount: 16),
      front.count == 16
    else { return false }
    // ONNX: the version of the format, and then who made it.
    let maker: [UInt8] = [0x12, 7] + Array("descent".utf8)
    if front[0] == 8, front.dropFirst(2).starts(with: maker) { return true }
    // safetensors: the length of the header, and the header, in which the texts are.
    let length = front.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    guard front[8] == UInt8(ascii: "{"), length < greatestSize else { return false }
    let rest = (try? file.read(upToCount: Int(length) - 8)) ?? Data()
    return rest.range(of: Data(#""format":"descent""#.utf8)) != nil
  }
}
