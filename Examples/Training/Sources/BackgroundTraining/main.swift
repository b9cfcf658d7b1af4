import Descent
import DescentFiles
import Synchronization

/// Answers by the model that there is, while a better one is trained: no request waits for it.
final class Answers: Sendable {
  private let model: Mutex<TrainedModel<Float>>

  init(_ model: TrainedModel<Float>) { self.model = Mutex(model) }

  /// A model is a value: what is scored meanwhile is not disturbed.
  func classify(_ row: [Float]) -> String { model.withLock { $0 }.classify(row) }

  /// Trains on threads of its own, one of them, so that the other cores are left to the requests.
  func improve(on data: Dataset, by trainer: Trainer) async throws {
    var trainer = trainer
    trainer.threads = 1
    let training = trainer.start(data, as: Float.self)
    // Cancelling the task that waits here ends the training with what it has.
    let fit = try await withTaskCancellationHandler {
      try await training.fit
    } onCancel: {
      training.cancel()
    }
    model.withLock { $0 = fit.model }
  }
}

let data = try DataFile.read("Data/digits/digits.csv")
let (train, test) = data.split(holdout: 0.2, seed: 0)
let quick = Trainer(loss: Softmax(), penalty: L2(1), solver: LBFGS(mostSteps: 1))
let answers = Answers(try quick.fit(train).model)

let rows = (0..<test.rows).map { index in
  var row = [Float](repeating: 0, count: test.columns)
  var span = row.mutableSpan
  test.features.read(index..<index + 1, into: &span)
  return row
}
let before = rows.map(answers.classify)
async let improvement: Void = answers.improve(on: train, by: Trainer(loss: Softmax(), penalty: L2(1e-3)))
var answered = 0
for _ in 0..<20 {
  answered += rows.map(answers.classify).count
  await Task.yield()
}
try await improvement
let after = rows.map(answers.classify)

guard case .labels(let labels) = test.targets else { fatalError("digits have classes") }
func right(_ classes: [String]) -> Int { zip(classes, labels).count { $0 == data.classNames[Int($1)] } }
print(
  "\(answered) rows were scored meanwhile; of \(rows.count) held out, \(right(before)) were right before and \(right(after)) after."
)
precondition(right(after) > right(before))
