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

  /// That they go with what the data are.
  func check(_ data: DataArguments) throws {
    try Usage.require(testQuery == nil || data.sqlite != nil, "--test-query needs --sqlite")
    try Usage.require(
      !data.dropExtraFeatures || test != nil,
      "--drop-extra-features is for rows that a model scores: add --test, or leave it out")
  }

  func validate() throws {
    if let option = holdout.option {
      try Usage.require(test == nil, "--test and \(option) exclude each other")
      try Usage.require(testQuery == nil, "--test-query and \(option) exclude each other")
    }
    try Usage.require(testQuery == nil || test == nil, "--test-query and --test exclude each other")
    try Usage.require(testLabels == nil || test != nil, "--test-labels needs --test")
  }
}
