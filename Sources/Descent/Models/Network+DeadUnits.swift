internal import LinearAlgebra

/// Units behind a ReLU that are 0 for every row: no gradient reaches what is before them, so they stay so.
public struct DeadUnits: Sendable, Equatable {
  /// The hidden layer, counted from 1.
  public let layer: Int
  /// How many of the units; at least 1 where a network found them.
  public let dead: Int
  /// The units of that layer, dead or not.
  public let units: Int

  /// Keeps the numbers unchecked; ``Network/deadUnits(_:parameters:)`` finds them.
  public init(layer: Int, dead: Int, units: Int) {
    (self.layer, self.dead, self.units) = (layer, dead, units)
  }
}

extension Network {
  /// The units behind each ReLU that are dead on all rows of a block; layers without any are left out.
  public func deadUnits<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: [Element]
  ) -> [DeadUnits] {
    var workspace = workspace(rows: block.rows, of: Element.self)
    forward(block, parameters: parameters.span, workspace: &workspace)
    var result: [DeadUnits] = []
    for (i, layer) in layers.dropLast().enumerated() where layer is ReLU {
      let units = widths[i + 1]
      var isAlive = [Bool](repeating: false, count: units)
      for (j, a) in workspace.hidden[i].enumerated() where a > 0 { isAlive[j % units] = true }
      let dead = isAlive.count { !$0 }
      let number = layers[..<i].count { $0 is Affine }
      if dead > 0 { result.append(DeadUnits(layer: number, dead: dead, units: units)) }
    }
    return result
  }
}
