import Descent

extension Train {
  /// Whether nothing is told to people: of ranks one tells.
  var isQuiet: Bool { output.quiet || !RankProcess.isRoot }

  /// That what was asked for is what ranks can do, before any of them reads a row.
  func checkRanks() throws(Failure) {
    guard let size = RankProcess.communicator?.size, size > 1 else { return }
    let refused = [
      ("--calibrate", calibration.calibrate != nil),
      ("data from standard input", data == "-"),
      // Each has a clock of its own, and there is no sum on the way by which they could agree.
      (
        "--time-limit without --delta",
        options.timeLimit != nil && options.loss is Huber && options.losses.delta == nil
      ),
    ]
    if let what = refused.first(where: { $0.1 })?.0 {
      throw Failure(.usage, "\(what) is not for \(size) processes yet: leave it out, or train in one")
    }
    if !isQuiet { Console.say("\(size) processes share the rows, \(RankProcess.mpi)") }
  }
}
