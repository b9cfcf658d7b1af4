internal import LinearAlgebra

extension DataObjective {
  /// The dead units of a network on up to 4096 rows, evenly spaced.
  func deadUnits(at parameters: [Element]) -> [DeadUnits] {
    guard let network = model as? Network, rows > 0 else { return [] }
    let count = min(rows, 4096)
    let indices = (0..<count).map { $0 * rows / count }
    if let sparse = scaledFeatures as? SparseStorage {
      return network.deadUnits(
        FeatureBlock(sparse.block(at: indices.span, as: Element.self)), parameters: parameters)
    }
    var buffer = [Element](repeating: 0, count: count * network.inputs)
    var span = buffer.mutableSpan
    scaledFeatures.gather(indices.span, into: &span)
    return network.deadUnits(
      FeatureBlock(rows: count, columns: network.inputs, .elements(buffer[...])), parameters: parameters)
  }
}
