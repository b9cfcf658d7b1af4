import Descent
import DescentFiles
import LinearAlgebra

/// The data of a task, and weights for it that every peer can make: ±0.01, the sign by a hash of the index.
struct WorkerData {
  /// `[rows, features]`
  let matrix: Matrix<Float>
  let labels: [Int32]
  let columns: Int
  let classes: Int
  let hidden: Int

  init(_ files: [String], factor: Double, classes: Int, hidden: Int) throws {
    let data = try DataFile.read(files[0], DataOptions(labelsPath: files[1]))
    matrix = Matrix(rows: data.rows, columns: data.columns) { x in
      x.initialize(repeating: 0)
      var span = x.mutableSpan
      data.features.read(0..<data.rows, into: &span)
      if factor != 1 { scale(&span, by: Float(factor)) }
    }
    guard case .labels(let labels) = data.targets else { fatalError("\(files[1]) holds no classes") }
    (self.labels, columns, self.classes) = (Array(labels), data.columns, classes)
    self.hidden = hidden
  }

  var weights: [Float] { Self.weights(classes * columns) }
  var biases: [Float] { [Float](repeating: 0, count: classes) }

  /// All weights as above, all biases 0.
  var parameters: [Float] {
    model.layout.parts.flatMap {
      $0.isPenalised ? Self.weights($0.range.count) : [Float](repeating: 0, count: $0.range.count)
    }
  }

  private static func weights(_ count: Int) -> [Float] {
    (0..<count).map { (UInt32($0) &* 2_654_435_761) >> 31 == 0 ? 0.01 : -0.01 }
  }

  /// The same as naive Swift would have it.
  var x: [Float] { Array(matrix.elements) }

  var model: any Model {
    hidden == 0
      ? LinearModel(inputs: columns, outputs: classes)
      : Network(inputs: columns, hidden: [hidden], outputs: classes)
  }

  var trained: TrainedModel<Float> {
    TrainedModel(
      architecture: model, parameters: parameters, classNames: (0..<classes).map(String.init),
      lossName: Softmax().name)
  }

  func objective(threads: Int) -> DataObjective<Float> {
    DataObjective(
      model: model, loss: Softmax(), penalty: L2(1e-4), features: matrix.storage, targets: .labels(labels),
      threads: threads)
  }
}
