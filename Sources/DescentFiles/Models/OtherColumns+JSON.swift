internal import Descent
internal import Foundation

extension OtherColumns {
  /// As a model file keeps it: `{"id":{"name":"customer","number":1},"ignored":[],"isExposure":false}`.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and whole numbers always can be encoded.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  /// The columns in `json`; nil where there are none that make sense.
  init?(json: String) {
    guard let columns = try? JSONDecoder().decode(OtherColumns.self, from: Data(json.utf8)),
      columns.all.allSatisfy({ $0.number >= 1 }), Set(columns.all.map(\.number)).count == columns.all.count
    else { return nil }
    self = columns
  }
}
