/// The two words by which the cells of a column say 1 and 0, in capitals or not; 1 and 0 may stand beside them.
public enum TruthWords: String, Sendable, Codable, CaseIterable {
  case trueFalse = "true/false"
  case yesNo = "yes/no"
  case tf = "t/f"
  case yn = "y/n"

  public var names: (yes: String, no: String) {
    switch self {
    case .trueFalse: ("true", "false")
    case .yesNo: ("yes", "no")
    case .tf: ("t", "f")
    case .yn: ("y", "n")
    }
  }
}
