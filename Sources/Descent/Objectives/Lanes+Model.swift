internal import LinearAlgebra

extension Lanes {
  /// Those of a pass through a model over all of some features.
  ///
  /// - Parameters:
  ///   - sparse: the features, where they are sparse rows that lie as they are.
  ///   - parameters: numbers of a lane's gradient.
  init<Element: KernelScalar>(
    _ model: any Model, rows: Int, sparse: SparseStorage?, parameters: Int, of type: Element.Type
  ) {
    let size = MemoryLayout<Element>.size
    self.init(
      rows: rows, columns: sparse?.nonzerosPerRow ?? model.inputs,
      areSkinny: model.featureOutputs <= mostSkinnyOutputs, elementSize: size,
      parameterBytes: parameters * size
    )
  }
}

extension RowShare {
  /// The rows that each rank has for passes through a model, in either precision.
  convenience init(_ ranks: Ranks, of features: any FeatureStorage, _ model: any Model) {
    let sparse = features as? SparseStorage
    // Products of sparse rows need no gradient a lane.
    let parameters = sparse != nil && model is LinearModel ? 0 : model.layout.count
    func lanes<Element: KernelScalar>(_ type: Element.Type) -> Lanes {
      Lanes(model, rows: features.rows, sparse: sparse, parameters: parameters, of: type)
    }
    self.init(ranks, cuts: [lanes(Float.self), lanes(Double.self)])
  }
}
