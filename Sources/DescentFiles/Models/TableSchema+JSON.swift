internal import Descent

/// `{"columns":[{"name":"width","mean":2.5},{"name":"color","categories":["red"]}]}`
extension TableSchema: JSONNote {
  var makesSense: Bool {
    let names = columns.compactMap(\.name)
    return !columns.isEmpty && (names.isEmpty || names.count == columns.count)
      && Set(names).count == names.count && columns.allSatisfy(\.makesSense)
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
