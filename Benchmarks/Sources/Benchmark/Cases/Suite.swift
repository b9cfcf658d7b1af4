extension Work {
  /// A work not yet set up, so that only those asked for take memory and time.
  struct Plan {
    let name: String
    let shape: Shape
    let make: () -> Work
  }

  /// All works, shape by shape.
  static func plans(threads: Int) -> [Plan] {
    Shape.all.flatMap { shape in
      let many = shape.classes > 100 ? 256 : 4096
      return [
        Plan(name: "score 1 row", shape: shape) { scoreRow(shape) },
        Plan(name: "score 64 rows", shape: shape) { scoreBatch(shape, rows: 64, threads: 1) },
        Plan(name: "score \(many) rows", shape: shape) { scoreBatch(shape, rows: many, threads: threads) },
        Plan(name: "transposed product", shape: shape) { transposedProduct(shape) },
        Plan(name: "softmax rows", shape: shape) { softmaxRows(shape) },
        Plan(name: "loss and gradient", shape: shape) { lossAndGradient(shape, threads: threads) },
        Plan(name: "epoch", shape: shape) { epoch(shape, threads: threads) },
      ]
    }
  }
}
