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

let data = try DataFile.read(dataPath)
let (train, test) = data.split(holdout: 0.2, seed: 0)
let isResumed = FileManager.default.fileExists(atPath: checkpointPath)
let checkpoints = try Checkpointing(
  every: .seconds(10), from: isResumed ? CheckpointFile.read(checkpointPath) : nil
) {
  // A disk that is full tonight is no reason to lose the training.
  do { try CheckpointFile.write($0, to: checkpointPath) } catch { print("no checkpoint: \(error)") }
}
let trainer = Trainer(
  model: .network(hidden: [32]), loss: Softmax(), penalty: L2(1e-4), solver: MiniBatch(Momentum()),
  timeLimit: .seconds(3600))
let fit = try trainer.fit(train, as: Float.self, checkpoints: checkpoints)

try AtomicFile.write(modelPath, ModelFile.bytes(of: fit.model))
try? FileManager.default.removeItem(atPath: checkpointPath)
let accuracy = fit.model.evaluate(on: test).metrics[.accuracy]!
print(
  "\(isResumed ? "went on and " : "")wrote \(modelPath): \(100 * accuracy) % of \(test.rows) rows that it was not trained on"
)
