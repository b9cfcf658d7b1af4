internal import Foundation

/// The memory that this process may fill.
enum MachineMemory {
  /// The machine's, or what its container has of it.
  static let bytes: Int = {
    let all = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap {
      (try? String(contentsOfFile: $0, encoding: .utf8)).flatMap {
        Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
    return limits.reduce(all, min)
  }()
}
