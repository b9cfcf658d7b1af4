import ArgumentParser
import Descent

/// Which strength a path goes along.
enum PathStrength: String, ExpressibleByArgument, CaseIterable { case l1, l2, both }

/// Which penalties a path has.
struct PathOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which strength falls: l1, while --l2 stays; l2, while --l1 stays; or both, in the ratio of --l1-ratio.",
      valueName: "name"))
  var along = PathStrength.l1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of ‖W‖₁ with --along both: λ·(ratio·‖W‖₁ + (1 − ratio)/2·‖W‖²). Default: 0.5.",
      valueName: "share"))
  var l1Ratio: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("How many penalties.", valueName: "count"))
  var points = 100

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The last strength, as a share of the first, which is the largest that is of interest. Default: 1e-4, and 1e-2 where \
      there are fewer rows than features.
      """, valueName: "share"))
  var smallest: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The certified gap, relative to the objective, that each point is to be below.", valueName: "share"))
  var tolerance = 1e-4

  func validate() throws {
    try Usage.atLeastOne(points, "--points", most: 100_000)
    try Usage.positive(tolerance, "--tolerance")
    if let smallest {
      try Usage.require(
        smallest > 0 && smallest < 1, "--smallest must be a share between 0 and 1, not \(smallest)")
    }
    if let l1Ratio {
      try Usage.require(along == .both, "--l1-ratio is for --along both")
      try Usage.require(
        l1Ratio >= 0 && l1Ratio <= 1, "--l1-ratio must be a share from 0 to 1, not \(l1Ratio)")
    }
  }

  /// That the recipe says nothing of what a path goes along, and no other model than a path has.
  func check(_ options: TrainOptions) throws(ValidationError) {
    try Usage.require(
      options.model.model == .linear, "a path is one of linear models; leave out --model network")
    try options.penalties.checkPath()
    for (strength, _, option) in options.strengths {
      try Usage.require(!strength.isAuto, "\(option) auto is for 'descent train'; a path takes numbers")
    }
    for (value, usual, option) in options.strengths
    where value != usual && (along == .both || option == "--\(along.rawValue)") {
      throw ValidationError("\(option) is what the path goes along: leave it out, or choose another --along")
    }
  }

  var direction: PathDirection {
    switch along {
    case .l1: .l1
    case .l2: .l2
    case .both: .mixture(l1Ratio: l1Ratio ?? 0.5)
    }
  }
}
