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

  @OptionGroup var holdout: HoldoutArguments

  /// Whether they are other data, not rows that are held out.
  var isOther: Bool { test != nil || testQuery != nil }

  func validate() throws {
    if let option = holdout.option {
      try Usage.require(test == nil, "--test and \(option) exclude each other")
      try Usage.require(testQuery == nil, "--test-query and \(option) exclude each other")
    }
    try Usage.require(testQuery == nil || test == nil, "--test-query and --test exclude each other")
    try Usage.require(testLabels == nil || test != nil, "--test-labels needs --test")
  }
}
