import Testing

@Suite("Every kind of bad input on the list is tried")
struct BadInputCoverageTests {
  /// What stands in tests of their own, under its number there or here.
  private static let elsewhere: [Int: String] = [
    12: "ForeignFormatTests", 24: "CSVBadInputTests.changes", 37: "LIBSVMTests.moreFeaturesThanTheModelTakes",
    59: "NPZBadInputTests",
    65: "CIFARBadInputTests", 77: "CheckpointTests.interrupted", 78: "CheckpointTests.killed",
    79: "FaultTests, scripts/check-faults", 80: "ModelBadInputTests.flipped", 88: "PathBadInputTests",
    89: "TrainingBadInputTests.names", 90: "TrainingBadInputTests.surroundings",
    91: "TrainingBadInputTests.surroundings", 92: "TrainingBadInputTests.comesToNothing",
  ]

  @Test func numbers() {
    let ids =
      (CSVBadInputTests.rows + CSVBadInputTests.cells + CSVBadInputTests.columns
      + CSVBadInputTests.compression
      + LIBSVMBadInputTests.cases + NPYBadInputTests.headers + NPYBadInputTests.payloads
      + NPYBadInputTests.labels + IDXBadInputTests.cases + FormatBadInputTests.cases).map(\.id)
      + (ModelBadInputTests.headers + ModelBadInputTests.tensors + ModelBadInputTests.metadata).map(\.id)
      + (FlagBadInputTests.options + FlagBadInputTests.choices + FlagBadInputTests.commands).map(\.id)
      + (PathBadInputTests.inputs + PathBadInputTests.outputs).map(\.id)
    let numbers = Set(ids.compactMap { Int($0.split(separator: "-").last!) })
    #expect(Set(1...92).subtracting(numbers).sorted() == Self.elsewhere.keys.sorted())
  }
}
