/// The cut of a data set's rows into lanes, and of a lane into blocks.
///
/// Lanes are what threads run. They depend on the shape of the data alone, and their results are summed in
/// a fixed tree, so that the bits of a gradient do not depend on the number of threads, nor on which
/// thread ran what. Blocks are what goes through the products at once.
struct Lanes: Equatable, Sendable {
  let rows: Int
  /// Lanes, at least one.
  let count: Int
  /// Rows a block, at most.
  let blockRows: Int

  /// - Parameters:
  ///   - areSkinny: whether the products of a block have few outputs.
  ///   - parameterBytes: the size of a gradient. Each lane keeps one, all of them 32 MB at the most.
  init(rows: Int, columns: Int, areSkinny: Bool, elementSize: Int, parameterBytes: Int) {
    self.rows = rows
    let affordable = max(2, (32 << 20) / max(1, parameterBytes))
    count = max(1, min(32, affordable, rows / 256))
    // With few outputs the products live from the block's being near: a fifth of a second-level cache (measured
    // best at 784 × 10: 32 rows). With many they want rows enough to fill the library's own blocks.
    let near = (104 << 10) / max(1, columns * elementSize)
    blockRows = areSkinny ? max(16, min(64, near / 8 * 8)) : 256
  }

  /// The rows of lane `lane`; lanes differ by one row at the most.
  func rows(ofLane lane: Int) -> Range<Int> {
    rows * lane / count..<rows * (lane + 1) / count
  }
}
