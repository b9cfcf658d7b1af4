import Descent
import Foundation

/// The machine in words, as far as times depend on it.
enum Machine {
  static var description: String {
    "\(processor), \(availableCores) cores; \(ProcessInfo.processInfo.operatingSystemVersionString)"
  }

  /// As Linux tells it; else the architecture.
  private static var processor: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":", maxSplits: 1).last
    return name.map { $0.trimmingCharacters(in: .whitespaces) } ?? architecture
  }

  private static var architecture: String {
    var system = utsname()
    uname(&system)
    return withUnsafeBytes(of: &system.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
