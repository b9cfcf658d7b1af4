internal import Descent

/// The numbers of tensors that lie in files beside the model: what PyTorch's exporter writes unless told otherwise.
///
/// They share no bytes: all tensors together take no more than the files have.
struct ExternalTensors {
  let folder: String
  /// The bytes that were taken of each file.
  private var taken: [String: Int] = [:]

  init(folder: String) { self.folder = folder }

  /// The bytes of a tensor, as its location, offset and length say; the file's end is checked before memory is
  /// taken.
  mutating func bytes(of tensor: ONNXTensor) throws(ONNXFailure) -> ArraySlice<UInt8> {
    let name = "the tensor \(quoted(tensor.name))"
    guard let location = tensor.external["location"],
      let offset = Int(tensor.external["offset"] ?? "0"), offset >= 0
    else { throw ONNXFailure("\(name) does not say where its numbers are") }
    // No way out of the folder that the user named.
    guard !location.isEmpty, !location.hasPrefix("/"), !location.split(separator: "/").contains("..") else {
      throw ONNXFailure("\(name) lies outside of the model's folder, at \(quoted(location))")
    }
    let path = folder + "/" + location.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    do throws(FileError) {
      let file = try FileSource(path)
      let size = file.size ?? 0
      let length = tensor.external["length"].map { Int($0) ?? -1 } ?? size - offset
      guard length >= 0, offset <= size, length <= size - offset else {
        throw FileError(
          .badData, path, "has \(size) bytes where \(length) from byte \(offset) on are asked for")
      }
      let (all, overflow) = taken[path, default: 0].addingReportingOverflow(length)
      guard !overflow, all <= size else {
        throw FileError(.badData, path, "has \(size) bytes, fewer than the tensors up to this one take of it")
      }
      taken[path] = all
      return try file.bytes(from: offset, count: length)[...]
    } catch {
      throw ONNXFailure("\(name): \(error)", remedy: "copy the file of its numbers beside the model")
    }
  }
}
