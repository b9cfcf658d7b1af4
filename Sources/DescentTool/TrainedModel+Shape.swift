import Descent

extension TrainedModel {
  /// Such as "linear, 64 features to 10 scores".
  var shape: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    return "\(architecture.name), \(counted(inputs, "feature")) to \(counted(architecture.outputs, "score"))"
  }
}
