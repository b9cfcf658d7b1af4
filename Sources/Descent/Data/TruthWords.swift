/// The two words by which the cells of a column say 1 and 0, in capitals or not; 1 and 0 may stand beside them.
public enum TruthWords: String, Sendable, Codable, CaseIterable {
  /// 1 as `true`, 0 as `false`.
  case trueFalse = "true/false"
  /// 1 as `yes`, 0 as `no`.
  case yesNo = "yes/no"
  /// 1 as `t`, 0 as `f`.
  case tf = "t/f"
  /// 1 as `y`, 0 as `n`.
  case yn = "y/n"

  /// The words for 1 and for 0, in small letters.
  public var names: (yes: String, no: String) {
    switch self {
    case .trueFalse: ("true", "false")
    case .yesNo: ("yes", "no")
    case .tf: ("t", "f")
    case .yn: ("y", "n")
    }
  }
}
