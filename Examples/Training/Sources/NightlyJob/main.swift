import Descent
import DescentFiles
import Foundation

// NightlyJob DATA MODEL: trains a network on DATA and writes MODEL, whole or not at all. A run that was killed left a
// checkpoint beside the model: the next one goes on from it, to the same bits.
let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: NightlyJob DATA MODEL\n".utf8))
  exit(64)
}
let (dataPath, modelPath, checkpointPath) = (arguments[1], arguments[2], arguments[2] + ".checkpoint")

do {
  let data = try DataFile.read(dataPath)
  let (train, test) = data.split(holdout: 0.2, seed: 0)
  let trainer = Trainer(
    model: .network(hidden: [32]), loss: Softmax(), penalty: L2(1e-4), solver: MiniBatch(Momentum()),
    timeLimit: .seconds(3600))

  func fit(from checkpoint: Checkpoint?) throws -> Fit<Float> {
    let checkpoints = Checkpointing(every: .seconds(10), from: checkpoint) {
      // A disk that is full tonight is no reason to lose the training.
      do { try CheckpointFile.write($0, to: checkpointPath) } catch { print("no checkpoint: \(error)") }
    }
    return try trainer.fit(train, as: Float.self, checkpoints: checkpoints)
  }

  let result: Fit<Float>
  if FileManager.default.fileExists(atPath: checkpointPath) {
    do {
      result = try fit(from: CheckpointFile.read(checkpointPath))
    } catch {
      // Of yesterday's data, or damaged.
      print("starting from the beginning: \(error)")
      result = try fit(from: nil)
    }
  } else {
    result = try fit(from: nil)
  }

  try AtomicFile.write(modelPath, ModelFile.bytes(of: result.model))
  try? FileManager.default.removeItem(atPath: checkpointPath)
  let accuracy = result.model.evaluate(on: test).metrics[.accuracy]!
  print(
    "wrote \(modelPath): \(100 * accuracy) % of \(test.rows) rows that it was not trained on"
  )
} catch {
  // What was wrong, and of which file: the messages name it.
  FileHandle.standardError.write(Data("NightlyJob: \(error)\n".utf8))
  exit(1)
}
