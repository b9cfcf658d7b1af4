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
  /// Whether each lane has a gradient of its own. Sparse rows of many classes have theirs by columns, see `SparseProducts`.
  var hasGradients = true

  /// - Parameters:
  ///   - areSkinny: whether the products of a block have few outputs.
  ///   - parameterBytes: the size of a gradient. Lanes hold one each until they are added up, all of them 32 MB at the most.
  ///
  /// On large data a lane has 1024 rows and more, beside which clearing and summing its gradient is little, up to 256 lanes:
  /// enough for four a core of 64, so that none waits long for the last.
  init(rows: Int, columns: Int, areSkinny: Bool, elementSize: Int, parameterBytes: Int) {
    self.rows = rows
    let affordable = max(2, (32 << 20) / max(1, parameterBytes))
    count = max(1, min(max(32, min(256, rows / 1024)), affordable, rows / 256))
    // With few outputs the products live from the block's being near: a fifth of a second-level cache (measured
    // best at 784 × 10: 32 rows). Narrow rows want many, or what is done once a block would cost more than its products:
    // as many as a first-level cache holds.
    // With many outputs they want rows enough to fill the library's own blocks.
    let near = (104 << 10) / max(1, columns * elementSize)
    let nearest = (28 << 10) / max(1, columns * elementSize)
    blockRows = areSkinny ? max(16, min(64, near / 8 * 8), min(512, nearest / 8 * 8)) : 256
  }

  /// The rows of lane `lane`; lanes differ by one row at the most.
  func rows(ofLane lane: Int) -> Range<Int> {
    rows * lane / count..<rows * (lane + 1) / count
  }
}
