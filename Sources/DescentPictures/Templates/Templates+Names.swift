internal import Descent
internal import LinearAlgebra

extension Templates {
  /// What row `row` of the weights is called.
  func className(_ row: Int) -> String {
    guard !classNames.isEmpty else { return weights.rows == 1 ? "weights" : "\(row)" }
    let name = classNames.count > weights.rows ? classNames[1] : classNames[row]
    return name.isEmpty ? "(empty)" : name
  }

  /// What column `column` of the weights is called.
  func featureName(_ column: Int) -> String {
    if !featureNames.isEmpty { return featureNames[column] }
    guard let shape else { return "feature \(column)" }
    let (pixel, channel) = shape.place(of: column)
    let place = "row \(pixel / shape.width), column \(pixel % shape.width)"
    return shape.channels == 1 ? place : place + ", " + channelName(channel, of: shape)
  }

  func channelName(_ channel: Int, of shape: ImageShape) -> String {
    shape.channels == 3 ? ["red", "green", "blue"][channel] : "channel \(channel)"
  }

  /// What a pointer resting on a weight is told.
  func title(_ row: Int, _ column: Int) -> String {
    "\(className(row)): \(featureName(column)), \(shortNumber(weights[row, column]))"
  }
}
