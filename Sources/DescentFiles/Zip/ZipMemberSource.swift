internal import Descent
internal import CZip

/// The bytes of a member of a zip archive, inflated as they come.
///
/// libzip compares their number and their checksum with what the archive says once the last has been read.
final class ZipMemberSource: ByteSource {
  let name: String
  /// What the member says it holds, which is no more than its stored bytes can make.
  let bound: Int?
  /// Known where the bytes lie in the file as they are.
  let size: Int?
  var expectedSize: Int? { bound }
  private let archive: ZipArchive
  private let member: ZipArchive.Member
  private let file: OpaquePointer
  private let progress: ReadProgress?
  private var count = 0

  /// Opens a member, which messages call by `name`.
  ///
  /// - Parameter limit: The most bytes that it may inflate to.
  init(
    _ member: ZipArchive.Member, of archive: ZipArchive, name: String, limit: Int, progress: ReadProgress?
  ) throws(FileError) {
    guard member.size <= limit else {
      throw FileError(
        .badData, name, "inflates to more than \(limit) bytes",
        remedy: "take it out of the archive if that is meant")
    }
    guard let file = zip_fopen_index(archive.handle, member.index, 0) else {
      throw ZipArchive.failure(zip_get_error(archive.handle), name)
    }
    (self.file, self.archive, self.member, self.name) = (file, archive, member, name)
    (bound, size, self.progress) = (member.size, member.isStored ? member.size : nil, progress)
  }

  deinit { zip_fclose(file) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard let start = buffer.baseAddress, buffer.count > 0 else { return 0 }
    let more = Int(zip_fread(file, start, UInt64(buffer.count)))
    guard more >= 0 else { throw ZipArchive.failure(zip_file_get_error(file), name) }
    count += more
    guard count <= member.size, more > 0 || count == member.size else {
      throw FileError(
        .badData, name,
        "holds \(more > 0 ? "more" : "\(count)") bytes, where the archive says \(member.size)",
        remedy: "copy the file again")
    }
    progress?(count, member.size)
    return more
  }
}
