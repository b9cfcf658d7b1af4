/// Why a model is none that a training can go on from.
public enum StartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// How many features the model takes, and how many the data have.
  case features(Int, data: Int)
  /// The first column whose names differ, from 1.
  case featureName(String, data: String, column: Int)
  /// The names of the model's classes, and those of the data's, in their order; empty where targets are numbers.
  case classes([String], data: [String])
  /// Scores a row, of the model and of the loss.
  case scores(Int, loss: String, wanted: Int)
  /// The layers of both.
  case architecture(String, wanted: String)
  /// It has biases other than 0, and the model to train has none.
  case intercept

  public var description: String {
    let reason =
      switch self {
      case .features(let own, let data): "takes \(own) features, and the data have \(data)"
      case .featureName(let own, let data, let column):
        "takes '\(own)' for its feature \(column), where the data have '\(data)'"
      case .classes([], _): "predicts numbers, and the data have classes"
      case .classes(_, []): "tells classes, and the targets are numbers"
      case .classes(let own, let data):
        "tells the classes \(Self.text(own)), and the data have \(Self.text(data))"
      case .scores(let own, let loss, let wanted):
        "has \(own) score\(own == 1 ? "" : "s") a row, and the \(loss) loss wants \(wanted) here"
      case .architecture(let own, let wanted): "is \(own), and the one to train \(wanted)"
      case .intercept: "has an intercept, and the one to train has none"
      }
    return "the model to go on from " + reason
  }

  private static func text(_ names: [String]) -> String {
    names.prefix(10).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 10 ? ", …" : "")
  }
}
