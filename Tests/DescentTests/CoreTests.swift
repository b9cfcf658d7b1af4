import Foundation
import Synchronization
import Testing

@testable import Descent

@Suite("Threads beyond the cores, and a container's share of them")
struct CoreTests {
  /// A quota as the kernel's files tell it, of the group and of those above it.
  @Test(
    arguments: [
      (["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "150000 100000\n"], 1.5),
      (["proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/cpu.max": "max 100000\n"], nil),
      (
        [
          "proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/cpu.max": "400000 100000\n",
          "sys/fs/cgroup/a/cpu.max": "50000 100000\n",
        ], 0.5
      ),
      (
        [
          "proc/self/cgroup": "3:memory:/m\n2:cpu,cpuacct:/pod\n",
          "sys/fs/cgroup/cpu/pod/cpu.cfs_quota_us": "300000\n",
          "sys/fs/cgroup/cpu/pod/cpu.cfs_period_us": "100000\n", "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
          "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        ], 3
      ),
      ([:], nil),
    ] as [([String: String], Double?)])
  func quotas(_ files: [String: String], _ cores: Double?) throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in files {
      let file = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(CoreQuota.least(under: root.path) == cores)
  }

  @Test("each task is run once by any number of threads, and none waits for ever", arguments: [2, 3, 8, 64])
  func tasks(_ threads: Int) {
    let pool = ThreadPool(threads: threads)
    for tasks in [1, 2, 7, 100, 300] {
      let counts = Mutex([Int](repeating: 0, count: tasks))
      for _ in 0..<20 { pool.run(tasks) { task, _ in counts.withLock { $0[task] += 1 } } }
      #expect(counts.withLock { $0.allSatisfy { $0 == 20 } })
    }
  }

  @Test("sparse rows of one score give the same bits on any number of threads")
  func sparseBits() {
    let (storage, labels) = SparseStorageTests.storage(rows: 9_000)
    let model = LinearModel(inputs: storage.columns, outputs: 1)
    let θ = (0..<model.layout.count).map { Float($0 % 7) / 7 - 0.5 }
    var bits: Set<[Float]> = []
    for threads in [1, 3, 8, 64] {
      let objective = DataObjective<Float>(
        model: model, loss: Logistic(), penalty: L2(0.1), features: storage,
        targets: .labels(labels.map { min($0, 1) }), threads: threads)
      var gradient = [Float](repeating: 0, count: θ.count)
      let value = objective.value(at: θ, gradient: &gradient)
      bits.insert(gradient + [Float(value)])
    }
    #expect(bits.count == 1)
  }
}
