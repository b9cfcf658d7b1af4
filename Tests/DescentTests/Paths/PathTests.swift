import Descent
import LinearAlgebra
import Testing

@Suite("Paths of penalties")
struct PathTests {
  private let data = overlapping(rows: 300, features: 6, classes: 3)

  /// At the largest strength no weight is left, and just below it there is one.
  @Test(arguments: [Softmax(), SquaredError(), SquaredHinge()] as [any Loss])
  func largest(_ loss: any Loss) throws {
    let solver = ProximalNewton(tolerance: 1e-9)
    let path = try PenaltyPath(
      Trainer(loss: loss, penalty: NoPenalty(), solver: solver), on: data, as: Double.self)
    let largest = try path.largest()
    let points = try path.fit([L1(largest * (1 + 1e-9)), L1(largest * 0.99)])
    #expect(points[0].nonzeros == 0)
    #expect(points[1].nonzeros > 0)
    #expect(try path.largest(along: .l2) == 1000 * largest)
    #expect(try path.largest(along: .mixture(l1Ratio: 0.5)) == 2 * largest)
  }

  /// Each point is what a training under its penalty alone finds.
  @Test(arguments: [PathDirection.l1, .l2, .mixture(l1Ratio: 0.5)])
  func points(_ direction: PathDirection) throws {
    let trainer = Trainer(penalty: NoPenalty(), solver: Automatic(tolerance: 1e-10))
    let path = try PenaltyPath(trainer, on: data, as: Double.self, measuring: data)
    let points = try path.fit(path.penalties(along: direction, points: 5, smallest: 1e-3))
    #expect(points.count == 5)
    for point in points {
      var alone = trainer
      alone.penalty = point.penalty
      let fit = try alone.fit(data, as: Double.self)
      #expect(point.isProved(within: 1e-10))
      #expect(abs(point.objective - fit.objective) <= 1e-9 * fit.objective)
      // At the largest strength rounding decides whether a weight is zero.
      #expect(point.objective == points[0].objective || point.nonzeros == fit.nonzeros)
      let model = path.model(at: point)
      #expect(zip(model.parameters, fit.model.parameters).allSatisfy { abs($0 - $1) < 1e-4 })
      #expect(model.provenance.penalty == fit.model.provenance.penalty)
      #expect(abs(try #require(point.heldOutLoss) - point.loss) < 1e-12)
      #expect(abs(model.evaluate(on: data).loss - point.loss) < 1e-9)
    }
  }

  /// The same bits on any number of threads, and where it goes on from a point.
  @Test func bits() throws {
    let penalties = [0.1, 0.03, 0.01, 0.003].map { L1($0) }
    func points(threads: Int) throws -> [PathPoint<Float>] {
      try PenaltyPath(Trainer(threads: threads), on: data).fit(penalties)
    }
    let one = try points(threads: 1)
    let more = try points(threads: 3)
    #expect(one.map(\.parameters) == more.map(\.parameters))
    let rest = try PenaltyPath(Trainer(), on: data).fit(Array(penalties[2...]), after: one[1].parameters)
    #expect(rest.map(\.parameters) == one[2...].map(\.parameters))
  }

  /// A path that is ended keeps the points that are complete.
  @Test func interrupted() throws {
    var count = 0
    let path = try PenaltyPath(Trainer(), on: data)
    let points = try path.fit([0.1, 0.03, 0.01].map { L1($0) }, isInterrupted: { count >= 2 }) { _ in
      count += 1
    }
    #expect(points.count == 2)
  }

  @Test func nothingToFollow() throws {
    var constant = noisyPlane(rows: 40, features: 2)
    constant.targets = .values(Array(repeating: 0.1, count: 40)[...], width: 1)
    let path = try PenaltyPath(Trainer(loss: SquaredError()), on: constant)
    #expect(throws: TrainingError.self) { try path.largest() }
    #expect(throws: TrainingError.self) {
      try PenaltyPath(Trainer(model: .network(hidden: [3])), on: data)
    }
  }
}
