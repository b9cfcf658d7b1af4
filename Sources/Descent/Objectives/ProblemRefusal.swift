/// Why an objective is none for a solver. Its words go on from the solver's name.
public enum ProblemRefusal: Error, Equatable, Sendable, CustomStringConvertible {
  /// Only linear models will do, with such a loss.
  case onlyLinear(with: String? = nil)
  /// The name of a loss that is not a ``CurvedLoss``.
  case kinkedLoss(String)
  /// What of the penalty has kinks.
  case kinkedPenalty(String)
  /// What the solver demands of penalties, in words: "needs l1 or l2 above 0".
  case penalty(String)
  /// What the rows would lead to, and what to do instead.
  case rows(String, remedy: String)

  public var description: String {
    switch self {
    case .onlyLinear(let loss): "is for linear models" + (loss.map { " with \($0)" } ?? "")
    case .kinkedLoss(let loss): "needs a smooth loss, and \(loss) has kinks"
    case .kinkedPenalty(let penalty): "needs a smooth penalty, and \(penalty) has kinks"
    case .penalty(let words): words
    case .rows(let words, let remedy): "\(words); \(remedy)"
    }
  }
}
