/// The rows of a pass: all of some features, or those at `indices`; scaled.
struct RowSource: Sendable {
  let features: any FeatureStorage
  let scaling: Scaling
  let indices: [Int]?

  init(_ features: any FeatureStorage, scaling: Scaling = .none, at indices: [Int]? = nil) {
    (self.features, self.scaling, self.indices) = (features, scaling, indices)
  }

  var rows: Int { indices?.count ?? features.rows }
}
