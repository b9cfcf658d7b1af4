internal import LinearAlgebra

/// The scores of stored rows, on all cores: each tile of rows is converted and scored while it is in a core's cache.
///
/// The tiles follow from the shape alone, so that the bits do not depend on who scores them.
struct StoredScores<Element: KernelScalar, Storage: FeatureStorage>: Sendable {
  private let features: Storage
  private let model: TrainedModel<Element>
  private let outputs: Int
  private let tileRows: Int
  /// Tiles that a thread takes at a time, with one buffer.
  private static var tilesAtOnce: Int { 4 }

  init(of features: Storage, by model: TrainedModel<Element>) {
    (self.features, self.model) = (features, model)
    outputs = model.architecture.outputs
    // 32768 numbers stay in the cache; many outputs read all weights for each tile, which is to be worth it.
    let isSkinny = model.architecture.featureOutputs <= mostSkinnyOutputs
    tileRows = isSkinny ? max(16, (1 << 15) / max(1, features.columns)) : 256
  }

  /// `[range.count, outputs]`.
  func scores(_ range: Range<Int>) -> Matrix<Element> {
    let result = RowBuffer<Element>(rows: range.count, columns: outputs)
    let rowsAtOnce = tileRows * Self.tilesAtOnce
    SharedPool.cores.run((range.count + rowsAtOnce - 1) / rowsAtOnce, alone: false) { task in
      var buffer: [Element] = []
      let end = min((task + 1) * rowsAtOnce, range.count)
      for start in stride(from: task * rowsAtOnce, to: end, by: tileRows) {
        let tile = start..<min(start + tileRows, end)
        result.update(tile) { score(tile.count, from: range.lowerBound + start, &buffer, into: &$0) }
      }
    }
    return result.matrix
  }

  private func score(
    _ rows: Int, from first: Int, _ buffer: inout [Element], into scores: inout MutableSpan<Element>
  ) {
    let (range, parameters) = (first..<first + rows, model.weights)
    func score(_ numbers: Span<Element>) {
      model.architecture.score(numbers, rows: rows, parameters: parameters.span, into: &scores)
    }
    if let stored = features.stored(range, as: Element.self) { return score(stored.span) }
    if buffer.isEmpty { buffer = Array(repeating: 0, count: tileRows * features.columns) }
    var span = buffer.mutableSpan
    features.read(range, into: &span)
    score(buffer.span)
  }
}
