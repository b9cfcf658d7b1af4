import ArgumentParser

/// What the model is measured by.
struct TestArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("Data of the same form to measure the model by.", valueName: "data"), completion: .data
  )
  var test: String?

  @Option(help: ArgumentHelp("What to read from --sqlite to measure the model by.", valueName: "sql"))
  var testQuery: String?

  @Option(
    help: ArgumentHelp("The labels of --test, where they are in a file of their own.", valueName: "file"),
    completion: .data)
  var testLabels: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Measure by this fraction of the rows, of each class alike, and train on the rest.",
      valueName: "fraction"))
  var holdout: Double?

  /// Whether they are other data, not rows that are held out.
  var isOther: Bool { test != nil || testQuery != nil }

  func validate() throws {
    try Usage.require(test == nil || holdout == nil, "--test and --holdout exclude each other")
    try Usage.require(
      testQuery == nil || test == nil && holdout == nil,
      "--test-query, --test and --holdout exclude each other")
    try Usage.require(testLabels == nil || test != nil, "--test-labels needs --test")
    if let holdout {
      try Usage.require(
        holdout > 0 && holdout < 1, "--holdout must be a fraction between 0 and 1, not \(holdout)")
    }
  }
}
