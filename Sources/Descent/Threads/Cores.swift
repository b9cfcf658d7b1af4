internal import Foundation

/// The cores that this process may use: those that it may run on, or as many as its container's share of their time comes
/// to, rounded up.
package let availableCores: Int = {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  return max(1, min(cores, CoreQuota.own.map { Int($0.rounded(.up)) } ?? cores))
}()

/// How much time of cores a control group of Linux grants: cores' seconds a second.
enum CoreQuota {
  /// This process's; nil where none is set.
  static let own: Double? = least(under: "")

  /// The least quota of the group that the process is in and those above it, of version 2 (`cpu.max`) or 1
  /// (`cpu.cfs_quota_us`). In a container the group is the root of what it sees.
  /// (Linux, Documentation/admin-guide/cgroup-v2.rst and scheduler/sched-bwc.rst.)
  ///
  /// - Parameter root: what stands before `/proc` and `/sys`.
  static func least(under root: String) -> Double? {
    func words(_ path: String) -> [Substring] {
      (try? String(contentsOfFile: root + path, encoding: .utf8))?.split(whereSeparator: \.isWhitespace) ?? []
    }
    var quotas: [Double] = []
    func note(_ quota: Substring?, of period: Substring?) {
      guard let quota = quota.flatMap({ Double($0) }), let period = period.flatMap({ Double($0) }) else {
        return
      }
      if quota > 0, period > 0 { quotas.append(quota / period) }
    }
    let own = words("/proc/self/cgroup").map { line in
      line.split(separator: ":", omittingEmptySubsequences: false)
    }
    for parts in own
    where parts.count == 3 && (parts[1].isEmpty || parts[1].split(separator: ",").contains("cpu")) {
      let mount = parts[1].isEmpty ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu"
      var names = parts[2].split(separator: "/")
      while true {
        let folder = names.reduce(mount) { $0 + "/" + $1 }
        let both = words(folder + "/cpu.max")
        note(both.first, of: both.dropFirst().first)
        note(words(folder + "/cpu.cfs_quota_us").first, of: words(folder + "/cpu.cfs_period_us").first)
        if names.popLast() == nil { break }
      }
    }
    return quotas.min()
  }
}
