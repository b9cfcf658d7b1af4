import Descent

extension Work {
  /// The softmax loss of rows of scores, overwritten by its gradient; each way copies the scores first.
  static func softmaxRows(_ shape: Shape) -> Work {
    let rows = max(64, 65_536 / shape.classes)
    let classes = shape.classes
    let scores = random(rows * classes, seed: 6).map { 10 * $0 }
    let labels = Sample(Shape(columns: 1, classes: classes), rows: rows).labels
    let (naive, careful, descent) = (Box(scores), Box(scores), Box(scores))
    let targets = Targets.labels(labels)
    let losses = Box([0.0, 0, 0])
    return Work(
      name: "softmax of \(rows) rows", shape: shape, rows: rows, operations: 0,
      bytes: Double(2 * 4 * rows * classes), tolerance: 1e-5,
      contenders: [
        Contender(.naive) {
          naive.value = scores
          losses.value[0] = Naive.softmax(&naive.value, labels: labels)
        } result: {
          [[Float(losses.value[0])], naive.value]
        },
        Contender(.careful) {
          careful.value.withUnsafeMutableBufferPointer {
            _ = $0.update(fromContentsOf: scores)
            losses.value[1] = Careful.softmax(
              $0.baseAddress!, labels: labels, rows: rows, classes: classes)
          }
        } result: {
          [[Float(losses.value[1])], careful.value]
        },
        Contender(.descent) {
          descent.value.withUnsafeMutableBufferPointer {
            _ = $0.update(fromContentsOf: scores)
            var span = $0.mutableSpan
            losses.value[2] = Softmax().evaluate(&span, columns: classes, targets: targets)
          }
        } result: {
          [[Float(losses.value[2])], descent.value]
        },
      ])
  }
}
