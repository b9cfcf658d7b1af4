/// A node of the binary tree that adds up lanes: `size` lanes from `first` on, or what there is of them.
struct LaneNode {
  let first: Int
  let size: Int

  var parent: LaneNode { LaneNode(first: first / (2 * size) * (2 * size), size: 2 * size) }

  /// The parent's lanes.
  func parent(among count: Int) -> Range<Int> {
    parent.first..<min(parent.first + parent.size, count)
  }

  /// The first lane of the node that it is added up with; nil where there is none.
  func neighbour(among count: Int) -> Int? {
    let other = first == parent.first ? first + size : parent.first
    return other < count ? other : nil
  }
}
