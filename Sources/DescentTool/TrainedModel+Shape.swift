import Descent
import DescentFiles

extension TrainedModel {
  /// Such as "linear, 64 features to 10 scores".
  var shape: String {
    "\(architecture.name), \(counted(inputs, "feature")) to \(counted(architecture.outputs, "score"))"
  }
}
