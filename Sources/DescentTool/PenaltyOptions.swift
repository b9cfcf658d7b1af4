import ArgumentParser
import Descent

/// What the penalty makes of single features, beside the strengths.
struct PenaltyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Strength of Σ √size·‖W_g‖, which leaves out whole features: each column's, for all classes at once.",
      valueName: "strength"))
  var group: Double?

  @Option(
    help: ArgumentHelp(
      """
      What l1 and l2 are multiplied by for single columns: 0 leaves one unpenalised, inf keeps it out; * stands for all \
      others.
      """, valueName: "column=factor,..."),
    transform: Factors.init)
  var penaltyFactor: Factors?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Between which numbers the weights of single columns lie, a side without a number being open: '*:0:' is all of 0 or more.",
      valueName: "column:low:high,..."),
    transform: Bounds.init)
  var bounds: Bounds?

  /// `age=0,income=2`
  struct Factors: Sendable {
    let values: [String: Double]

    init(_ text: String) throws {
      do throws(PenaltyError) { values = try FeatureElasticNet.factors(text) } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  /// `dose:0:,age:-1:1`
  struct Bounds: Sendable {
    let values: [String: ClosedRange<Double>]

    init(_ text: String) throws {
      do throws(PenaltyError) { values = try FeatureElasticNet.bounds(text) } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  /// The first option that is given, by name.
  var given: String? {
    group != nil ? "--group" : penaltyFactor != nil ? "--penalty-factor" : bounds != nil ? "--bounds" : nil
  }

  func check(_ model: ModelOptions, l1: Double, l2: Double) throws {
    try Usage.positive(group, "--group")
    if let given, model.model != .linear {
      throw ValidationError("\(given) is for linear models: it is about the features' weights")
    }
    if group != nil, let other = penaltyFactor != nil ? "--penalty-factor" : bounds != nil ? "--bounds" : nil
    {
      throw ValidationError("--group and \(other) exclude each other")
    }
    if penaltyFactor != nil, l1 == 0, l2 == 0 {
      throw ValidationError("--penalty-factor needs --l1 or --l2 above 0: it multiplies them")
    }
  }

  /// That a path of penalties can go along l1 and l2 alone.
  func checkPath() throws(ValidationError) {
    if let given {
      throw ValidationError(
        "\(given) has no part in a path of l1 and l2, whose largest is not known with it; leave it out")
    }
  }

  /// The penalty of these strengths; nil where nothing is said of single features.
  func penalty(l1: Double, l2: Double) -> (any Penalty)? {
    if let group { return GroupPenalty(group, l1: l1, l2: l2) }
    guard penaltyFactor != nil || bounds != nil else { return nil }
    return FeatureElasticNet(
      l1: l1, l2: l2, factors: penaltyFactor?.values ?? [:], bounds: bounds?.values ?? [:])
  }
}
