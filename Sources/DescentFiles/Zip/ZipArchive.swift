internal import Descent
internal import CZip
import Glibc
import LinearAlgebra

/// An archive of the zip format that is read member by member, by libzip.
///
/// What it declares is checked before anything is made of it: no member may claim more bytes than those that are stored
/// of it can inflate to, none stands outside of the archive's folder, and each has a name of its own.
final class ZipArchive {
  /// A member that can be read.
  struct Member {
    let index: UInt64
    let name: String
    /// The bytes that it inflates to, as it says.
    let size: Int
    let isStored: Bool
  }

  /// What an archive of one member or more starts with.
  static let magic: [UInt8] = [0x50, 0x4b, 3, 4]

  /// The archive's path.
  let name: String
  /// Those whose names do not end in a slash, which are folders.
  private(set) var members: [Member] = []
  /// What libzip knows the archive by.
  let handle: OpaquePointer

  /// Opens what `input` holds: a regular file where it lies, whatever comes otherwise (of a pipe, inflated) in memory.
  ///
  /// - Throws: ``FileError`` of kind `badData` where it is no sound archive.
  init(_ input: Input, maximumBytes: Int) throws(FileError) {
    name = input.name
    guard try !input.peek(1).isEmpty else {
      throw FileError(.badData, name, "the file is empty", remedy: "check that it is the right file")
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let source: OpaquePointer?
    if let path = input.mappablePath {
      source = zip_source_file_create(path, 0, 0, &error)
    } else {
      let bytes = try input.take(maximumBytes)
      guard try input.peek(1).isEmpty else {
        throw FileError(
          .badData, name, "is longer than \(maximumBytes) bytes", remedy: "write it to a file first")
      }
      source = Self.copy(bytes, &error)
    }
    guard let source else { throw Self.failure(&error, name) }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw Self.failure(&error, name)
    }
    self.handle = handle
    members = try list(fileSize: input.size ?? .max)
  }

  deinit { zip_discard(handle) }

  /// A source that libzip frees.
  private static func copy(_ bytes: [UInt8], _ error: inout zip_error_t) -> OpaquePointer? {
    let memory = malloc(max(1, bytes.count))
    guard let memory else { return nil }
    bytes.withUnsafeBytes {
      memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
    }
    let source = zip_source_buffer_create(memory, UInt64(bytes.count), 1, &error)
    if source == nil { free(memory) }
    return source
  }

  private func list(fileSize: Int) throws(FileError) -> [Member] {
    let count = zip_get_num_entries(handle, 0)
    var (members, names): ([Member], Set<String>) = ([], [])
    for index in 0..<UInt64(max(0, count)) {
      var status = zip_stat_t()
      guard zip_stat_index(handle, index, 0, &status) == 0, let text = status.name else {
        throw Self.failure(zip_get_error(handle), name)
      }
      let member = String(cString: text)
      guard names.insert(member).inserted else {
        throw failure("there are two members \(quoted(member))", "write the archive again, each member once")
      }
      if member.split(separator: "/").contains("..") || member.hasPrefix("/") {
        throw failure(
          "the member \(quoted(member)) stands outside of the archive's folder", "write the archive again")
      }
      if !member.hasSuffix("/") { members.append(try self.member(status, member, fileSize)) }
    }
    return members
  }

  /// Checks what the archive says of a member.
  private func member(_ status: zip_stat_t, _ name: String, _ fileSize: Int) throws(FileError) -> Member {
    guard status.encryption_method == ZIP_EM_NONE else {
      throw failure("the member \(quoted(name)) is encrypted", "write the archive without a password")
    }
    let isStored = Int32(status.comp_method) == ZIP_CM_STORE
    guard isStored || Int32(status.comp_method) == ZIP_CM_DEFLATE else {
      throw failure(
        "the member \(quoted(name)) is compressed by a method that is not known (\(status.comp_method))",
        "save it with numpy.savez or numpy.savez_compressed")
    }
    let (size, stored) = (Int(clamping: status.size), Int(clamping: status.comp_size))
    let most = isStored ? stored : Compression.gzip.bound(of: stored)
    guard stored <= fileSize, size <= most else {
      let much =
        stored <= fileSize
        ? "\(size) bytes, more than its \(stored) can inflate to" : "\(stored) bytes, more than the file"
      throw failure("the member \(quoted(name)) is said to hold \(much)", "copy the file again")
    }
    return Member(index: status.index, name: name, size: size, isStored: isStored)
  }

  func failure(_ problem: String, _ remedy: Phrase) -> FileError {
    FileError(.badData, name, problem, remedy: remedy)
  }

  /// What libzip has to say.
  static func failure(_ error: UnsafeMutablePointer<zip_error_t>, _ name: String) -> FileError {
    let code = zip_error_code_zip(error)
    if zip_error_system_type(error) == ZIP_ET_SYS, zip_error_code_system(error) != 0 {
      let code = zip_error_code_system(error)
      return FileError(.inputOutput, name, "cannot be read: \(reason(code))", code: code)
    }
    if code == ZIP_ER_NOZIP {
      return FileError(.badData, name, "is not a zip archive, or is cut off", remedy: "copy the file again")
    }
    let words = String(cString: zip_error_strerror(error))
    return FileError(.badData, name, "the zip archive is damaged (\(words))", remedy: "copy the file again")
  }
}
