/// Where a trained model came from: what it was trained with, and how well that went.
///
/// Training fills in all of it, and model files keep it. What nobody said is nil: of a model that was made by hand, or
/// read from a file of an earlier version or of another program.
///
/// ```swift
/// let origin = try Trainer(penalty: L2(1e-4)).fit(data).model.provenance
/// print(origin.solver?.name ?? "?", origin.seed ?? 0)
/// ```
public struct Provenance: Sendable, Equatable {
  /// What was chosen of several, by name, with all that is set of it.
  public struct Choice: Sendable, Equatable {
    /// What the penalty, scaling, solver or class weights are called: `l2`, `standard`, `lbfgs`, `balanced`.
    public let name: String
    /// In the order of their names.
    public let settings: [Setting]

    /// Takes the settings in any order, and keeps them in that of their names.
    public init(_ name: String, _ settings: [Setting] = []) {
      (self.name, self.settings) = (name, settings.sorted { $0.name < $1.name })
    }
  }

  /// That of parameters and arithmetic: `float` has 32 bits a number, `double` 64.
  public enum Precision: String, Sendable {
    /// 24 significant bits, `Float`.
    case float
    /// 53 significant bits, `Double`.
    case double
  }

  /// The trainer's penalty with its strengths, as it was asked for.
  public var penalty: Choice?
  /// How the trainer scaled features, as ``ScalingChoice`` names it: `auto` where the data decided.
  public var scaling: Choice?
  /// The trainer's solver with all that is set of it; ``Automatic`` stands here itself, as `auto`.
  public var solver: Choice?
  /// What rows counted for by their class: "balanced", or "given" with a setting a class; nil for once each.
  public var classWeights: Choice?
  /// The trainer's, whether or not anything was drawn by it.
  public var seed: UInt64?
  /// The type that it was trained in: a model that is converted keeps what it was.
  public var precision: Precision?
  /// Mean loss plus penalty over the rows that it was trained on.
  public var objective: Double?
  /// The mean loss over these rows.
  public var trainingLoss: Double?
  /// Why the training ended, as ``Fit/stopReason`` has it.
  public var stopReason: StopReason?
  /// How far the objective can be from the optimum; nil also where no proof is known.
  public var gap: Double?
  /// Whether the objective is proved to be within the tolerance of the optimum.
  public var isCertified: Bool?
  /// The version of Descent that trained it.
  public var version: String?
  /// The command that trained it, without what has no part in the model.
  public var command: String?
  /// The name of the data's file, and a hash of what it holds.
  public var data, dataHash: String?
  /// The rows that were read of it, held-out ones included.
  public var dataRows: Int?
  /// How many rows that it was not trained on the model was measured by; nil where none were held out.
  public var heldOutRows: Int?
  /// How it did on these: the mean loss, and of classes the share that was told rightly, of numbers the root of the mean
  /// squared error and the share of the variance explained.
  public var heldOutLoss, heldOutAccuracy, heldOutRMSE, heldOutR2: Double?
  /// When, in words of ISO 8601: only where somebody says so, for equal trainings make equal models.
  public var date: String?
  /// The program that made it, where that is another.
  public var producer: String?
  /// What else there is to say, by name: also what a file says that this version does not understand.
  public var remarks: [Setting] = []

  /// Of nothing said: all is nil, and there are no remarks.
  public init() {}

  /// The version that models are trained by here.
  public static let currentVersion = "0.1.0"
}
