internal import Descent
internal import Foundation

extension Calibration {
  /// As a model file keeps it: `{"curves":[{"sigmoid":{"offset":-0.5,"slope":1.5}}],"rows":200}`.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Finite numbers always can be encoded.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  /// The calibration in `json`, which may not be sound; nil where there is none.
  init?(json: String) {
    guard let calibration = try? JSONDecoder().decode(Calibration.self, from: Data(json.utf8)) else {
      return nil
    }
    self = calibration
  }
}
