internal import Descent

/// `{"curves":[{"sigmoid":{"offset":-0.5,"slope":1.5}}],"rows":200}`
extension Calibration: JSONNote {
  /// Whether it is sound depends on the model's classes, and is asked with them.
  var makesSense: Bool { true }
}
