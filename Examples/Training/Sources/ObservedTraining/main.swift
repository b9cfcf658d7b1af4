import Descent
import DescentFiles
import DescentObservability
import Logging
import MetricsTestKit

// A training that a service's log and metrics follow. A service hands in its own logger, and leaves out the factory: what it gave
// to MetricsSystem.bootstrap is used then. Here the metrics are kept in memory, to be looked at.
var logger = Logger(label: "trainings")
logger.logLevel = .info
let metrics = TestMetrics()
let observer = TrainingObserver("digits", logger: logger, factory: metrics)

let data = try DataFile.read("Data/digits/digits.csv")
let fit = try Trainer(loss: Softmax()).fit(data, as: Float.self, observer: observer.observe)
observer.finish(fit)

let (objective, trainings) = (
  try metrics.expectRecorder("descent_training_objective", [("training", "digits")]),
  try metrics.expectCounter(
    "descent_trainings_total", [("training", "digits"), ("stop_reason", fit.stopReason.rawValue)])
)
precondition(objective.values.count == fit.history.count && trainings.totalValue == 1)
print("\(objective.values.count) milestones were told, the last objective \(objective.lastValue ?? .nan).")
