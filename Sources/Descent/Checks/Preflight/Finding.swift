/// What one pre-flight check came to.
public struct Finding: Sendable {
  public enum Verdict: String, Sendable { case good, note, warning }

  public let name: String
  public let verdict: Verdict
  /// What was found, in a sentence.
  public let sentence: String
  /// What to do about it; nil where there is nothing to do.
  public let remedy: Phrase?

  public init(_ name: String, _ verdict: Verdict, _ sentence: String, remedy: Phrase? = nil) {
    (self.name, self.verdict, self.sentence, self.remedy) = (name, verdict, sentence, remedy)
  }
}
