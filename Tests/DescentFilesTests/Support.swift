import Descent
import Foundation
import Testing

@testable import DescentFiles

/// The error that `body` throws; a test fails where it throws none.
func failure(
  sourceLocation: SourceLocation = #_sourceLocation, of body: () throws -> Void
) -> FileError {
  do {
    try body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as FileError {
    return error
  } catch {
    Issue.record("another error: \(error)", sourceLocation: sourceLocation)
  }
  return FileError(.badData, "none", "nothing was thrown")
}

func csv(_ text: String, _ options: DataOptions = DataOptions(), name: String = "data.csv") throws -> Dataset
{
  try CSV.read(Input(bytes: Array(text.utf8), name: name), options)
}

/// All features of a data set, row after row.
func features(_ data: Dataset) -> [Double] {
  var result = [Double](repeating: 0, count: data.rows * data.columns)
  var span = result.mutableSpan
  data.features.read(0..<data.rows, into: &span)
  return result
}

/// The names of the rows' classes.
func labels(_ data: Dataset) -> [String] {
  guard case .labels(let labels) = data.targets else {
    Issue.record("numbers, and not labels")
    return []
  }
  return labels.map { data.classNames[Int($0)] }
}

/// Calls `body` with the path of an empty folder that is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("descent-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

func write(_ bytes: [UInt8], to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

func contents(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

/// A gzip member that holds `bytes` as they are, in blocks that are not compressed.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  var start = 0
  repeat {
    let end = min(start + 65535, bytes.count)
    let size = UInt16(end - start)
    result.append(end == bytes.count ? 1 : 0)
    result += [size, ~size].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    result += bytes[start..<end]
    start = end
  } while start < bytes.count
  var checksum: UInt32 = .max
  for byte in bytes {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xedb8_8320 : 0) }
  }
  return result
    + [~checksum, UInt32(bytes.count)].flatMap { n in (0..<4).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) }
    }
}
