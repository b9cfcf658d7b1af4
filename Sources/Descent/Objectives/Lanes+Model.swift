internal import LinearAlgebra

extension Lanes {
  /// Those of a pass through a model over all of some features.
  ///
  /// - Parameter sparse: the features, where they are sparse rows that lie as they are.
  init<Element: KernelScalar>(
    _ model: any Model, rows: Int, sparse: SparseStorage?, of type: Element.Type
  ) {
    let (size, columns) = (MemoryLayout<Element>.size, sparse?.nonzerosPerRow ?? model.inputs)
    func lanes(_ parameters: Int) -> Lanes {
      Lanes(
        rows: rows, columns: columns, areSkinny: model.featureOutputs <= mostSkinnyOutputs, elementSize: size,
        parameterBytes: parameters * size)
    }
    let (all, without) = (lanes(model.layout.count), lanes(0))
    // A column of a gradient is cleared and added up for a tenth of what a nonzero costs: of one score gradients are cheap, and
    // no copy of the rows by columns is made. Those of many classes are too long, and so are those of more columns than leave
    // lanes for 64 cores.
    let isByColumns =
      sparse.map {
        model is LinearModel
          && (model.outputs > 1 || all.count * $0.columns > 4 * $0.nonzeros
            || all.count < min(64, without.count))
      } ?? false
    self = isByColumns ? without : all
    hasGradients = !isByColumns
  }
}

extension RowShare {
  /// The rows that each rank has for passes through a model, in either precision.
  convenience init(_ ranks: Ranks, of features: any FeatureStorage, _ model: any Model) {
    let sparse = features as? SparseStorage
    func lanes<Element: KernelScalar>(_ type: Element.Type) -> Lanes {
      Lanes(model, rows: features.rows, sparse: sparse, of: type)
    }
    self.init(ranks, cuts: [lanes(Float.self), lanes(Double.self)])
  }
}
