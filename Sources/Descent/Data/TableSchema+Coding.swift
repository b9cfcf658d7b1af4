extension TableSchema: Codable {
  private enum Key: String, CodingKey { case columns, missingValues = "missing", fills }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      columns: try values.decode([Column].self, forKey: .columns),
      missingValues: try values.decodeIfPresent([String].self, forKey: .missingValues) ?? [],
      fills: try values.decodeIfPresent(Bool.self, forKey: .fills))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(columns, forKey: .columns)
    if !missingValues.isEmpty { try values.encode(missingValues, forKey: .missingValues) }
    if fills != hasFillers { try values.encode(fills, forKey: .fills) }
  }
}

/// What a column has not is not written, so that a file of before reads as what it was.
extension TableSchema.Column: Codable {
  private enum Key: String, CodingKey {
    case name, categories, mean, median, isIndicated = "indicator", truth = "words"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      name: try values.decodeIfPresent(String.self, forKey: .name),
      categories: try values.decodeIfPresent([String].self, forKey: .categories),
      mean: try values.decodeIfPresent(Double.self, forKey: .mean),
      median: try values.decodeIfPresent(Double.self, forKey: .median),
      isIndicated: try values.decodeIfPresent(Bool.self, forKey: .isIndicated) ?? false,
      truth: try values.decodeIfPresent(TruthWords.self, forKey: .truth))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encodeIfPresent(name, forKey: .name)
    try values.encodeIfPresent(categories, forKey: .categories)
    try values.encodeIfPresent(mean, forKey: .mean)
    try values.encodeIfPresent(median, forKey: .median)
    try values.encodeIfPresent(truth, forKey: .truth)
    if isIndicated { try values.encode(true, forKey: .isIndicated) }
  }
}
