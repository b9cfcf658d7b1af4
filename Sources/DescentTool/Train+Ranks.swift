import Descent

extension Train {
  /// Whether nothing is told to people: of ranks one tells.
  var isQuiet: Bool { output.quiet || !RankProcess.isRoot }

  /// That what was asked for is what ranks can do, before any of them reads a row.
  func checkRanks() throws(Failure) {
    try RankProcess.refuse([
      ("--calibrate", calibration.calibrate != nil),
      ("data from standard input", data == "-"),
      // Each has a clock of its own, and there is no sum on the way by which they could agree.
      (
        "--time-limit without --delta",
        options.timeLimit != nil && options.loss is Huber && options.losses.delta == nil
      ),
    ])
    if !isQuiet { RankProcess.announce() }
  }

  /// Says so where the rows are not shared after all.
  func tellUnshared(_ trainer: Trainer, _ training: Dataset) throws(TrainingError) {
    guard !isQuiet, let solver = try trainer.unsharedSolver(on: training) else { return }
    Console.say("note: '\(solver)' does not share its rows: each process goes over all of them")
  }
}
