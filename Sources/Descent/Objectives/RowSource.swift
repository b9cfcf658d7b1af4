/// The rows of a pass: all of some features, or those at `indices`; scaled.
struct RowSource: Sendable {
  let features: any FeatureStorage
  let scaling: Scaling
  let indices: [Int]?
  /// Which of them each rank has; nil where all are for this process.
  let share: RowShare?

  init(
    _ features: any FeatureStorage, scaling: Scaling = .none, at indices: [Int]? = nil, share: RowShare? = nil
  ) {
    (self.features, self.scaling, self.indices, self.share) = (features, scaling, indices, share)
  }

  var rows: Int { indices?.count ?? features.rows }
}
