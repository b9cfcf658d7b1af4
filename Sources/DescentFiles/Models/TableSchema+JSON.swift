internal import Descent
internal import Foundation

extension TableSchema {
  /// As a model file keeps it: `{"columns":[{"name":"width","mean":2.5},{"name":"color","categories":["red"]}]}`.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and finite numbers always can be encoded.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  /// The schema in `json`; nil where there is none that makes sense.
  init?(json: String) {
    guard let schema = try? JSONDecoder().decode(TableSchema.self, from: Data(json.utf8)),
      !schema.columns.isEmpty
    else { return nil }
    let names = schema.columns.compactMap(\.name)
    guard names.isEmpty || names.count == schema.columns.count, Set(names).count == names.count,
      schema.columns.allSatisfy(\.makesSense)
    else { return nil }
    self = schema
  }
}

extension TableSchema.Column {
  fileprivate var makesSense: Bool {
    guard let categories else {
      return (mean == nil || median == nil) && filler.map(\.isFinite) ?? !isIndicated
    }
    return filler == nil && !isIndicated && truth == nil && !categories.isEmpty
      && categories.count <= FoundNames.greatestCount && Set(categories).count == categories.count
  }
}
