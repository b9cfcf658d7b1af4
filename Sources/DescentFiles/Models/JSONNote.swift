internal import Foundation

/// What a model file keeps as JSON in a line of its metadata.
protocol JSONNote: Codable {
  /// Whether what was decoded can be one.
  var makesSense: Bool { get }
}

extension JSONNote {
  /// As a model file keeps it, the same bytes for equal values.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and finite numbers always can be encoded.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  /// What stands in `json`; nil where it is none that makes sense.
  init?(json: String) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)), value.makesSense else {
      return nil
    }
    self = value
  }
}
