import LinearAlgebra
import Testing

@testable import Descent

@Suite("Scaling")
struct ScalingTests {
  /// numpy 2: x.mean(0) and x.std(0), the columns of 1e-200 and 1e200 scaled to 1 for it and back.
  @Test func numpysValues() {
    let x: Matrix<Double> = [
      [1, 1e-200, 7, 1e200, -3, 0.1], [2, 2e-200, 7, -2e200, -3, 0.2], [4, 7e-200, 7, 3e200, -3, 0.3],
      [8, -1e-200, 7, 5e199, -3, 0.4],
    ]
    let means = [3.75, 2.25e-200, 7, 6.25e199, -3, 0.25]
    let deviations = [2.68095132369090194, 2.94745653e-200, 0, 1.78097586e200, 0, 0.111803398874989485]
    let scaling = Scaling.standard(of: x.storage)
    for j in 0..<6 {
      guard deviations[j] > 0 else {
        // A constant column becomes 0.
        #expect(scaling.factor(j) == 0)
        continue
      }
      #expect(abs(scaling.shift(j) / means[j] - 1) < 1e-15)
      #expect(abs(scaling.factor(j) * deviations[j] - 1) < 1e-8)
    }
    let rows = scaled(x, scaling)
    for j in 0..<6 where deviations[j] > 0 {
      let column = (0..<4).map { rows[$0 * 6 + j] }
      #expect(abs(column.reduce(0, +)) < 1e-14)
      #expect(abs(column.reduce(0) { $0 + $1 * $1 } / 4 - 1) < 1e-14)
    }
    #expect((0..<4).allSatisfy { rows[$0 * 6 + 2] == 0 && rows[$0 * 6 + 4] == 0 })
  }

  /// One walk tells what two do, also where the rows looked at first are unlike the others, and of many parts.
  @Test(arguments: [5.0, 1e4]) func oneWalk(_ offset: Double) {
    let (rows, columns) = (3_000, 3)
    var generator = SeededGenerator(seed: 2)
    var x = (0..<rows * columns).map { i in
      i % columns == 0
        ? offset + Double.random(in: -1...1, using: &generator)
        : Double.random(in: 0...1e-3, using: &generator)
    }
    x[columns * 1_234 + 1] = 1e6  // one number far from the others of its column
    let moments = ColumnMoments.of(DenseStorage(rows: rows, columns: columns, elements: x[...]))
    for j in 0..<columns {
      let column = stride(from: j, to: x.count, by: columns).map { x[$0] }
      let mean = column.reduce(0, +) / Double(rows)
      let square = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      #expect(abs(moments.means[j] - mean) <= 1e-13 * abs(mean))
      #expect(abs(moments.deviations[j] - square.squareRoot()) <= 1e-11 * square.squareRoot())
      #expect(moments.lows[j] == column.min() && moments.highs[j] == column.max())
    }
    #expect(moments.areFinite(within: 1e6) && !moments.areFinite(within: 9e5))
    x[7] = .nan
    let bad = DenseStorage(rows: rows, columns: columns, elements: x[...])
    #expect(!ColumnMoments.of(bad).areFinite(within: .infinity))
    #expect(bad.firstNonFinite.map { [$0.row, $0.column] } == [2, 1])
  }

  /// The saved model takes raw features: its scores are those of the trained parameters on scaled ones.
  @Test(arguments: [ScalingChoice.standard, .factor(0.25), .none, .automatic])
  func foldedIntoTheModel(_ choice: ScalingChoice) throws {
    var data = overlapping(rows: 60, features: 5, classes: 3)
    // Columns far from 0, of different spread, and a constant one.
    var x = Matrix<Double>(rows: 60, columns: 5)
    var generator = SeededGenerator(seed: 9)
    for i in 0..<60 {
      for j in 0..<5 {
        x[i, j] = j == 3 ? 42 : Double(j * 100) + Double.random(in: -1...1, using: &generator) * Double(j + 1)
      }
    }
    data.features = x.storage
    let solver = MiniBatch(epochs: 3, learningRate: 1e-5)
    let fit: Fit<Double> = try Trainer(solver: solver, scaling: choice).fit(data, as: Double.self)
    let onScaled = TrainedModel(
      architecture: fit.model.architecture, parameters: fit.parameters, classNames: data.classNames,
      lossName: "softmax")
    let expected = onScaled.scores(Matrix(rows: 60, columns: 5, elements: scaled(x, fit.scaling)))
    for (s, t) in zip(fit.model.scores(x).elements, expected.elements) { #expect(abs(s - t) < 1e-12) }
    // Training moved the parameters.
    #expect(fit.parameters.contains { abs($0) > 1e-7 })
  }

  @Test func automaticKnowsImages() {
    let bytes = DenseStorage<UInt8>(rows: 2, columns: 2, elements: [0, 255, 3, 4])
    let images = Dataset(features: bytes, targets: .labels([0, 1]), classNames: ["a", "b"])
    #expect(ScalingChoice.automatic.scaling(for: images) == .uniform(1.0 / 255))
    let table = noisyPlane(rows: 9, features: 2)
    #expect(ScalingChoice.automatic.scaling(for: table) == ScalingChoice.standard.scaling(for: table))
  }

  private func scaled(_ x: Matrix<Double>, _ scaling: Scaling) -> [Double] {
    var buffer = [Double](repeating: 0, count: x.rows * x.columns)
    var span = buffer.mutableSpan
    ScaledStorage(x.storage, scaling: scaling).read(0..<x.rows, into: &span)
    return buffer
  }
}
