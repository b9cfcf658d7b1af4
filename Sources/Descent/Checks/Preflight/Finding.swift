/// What one pre-flight check came to.
public struct Finding: Sendable {
  /// Nothing to mend, something to know that may be meant so, or what is likely to spoil a training. Raw values are the words.
  public enum Verdict: String, Sendable {
    /// Nothing is to be done.
    case good
    /// What is worth knowing, and may be as it should.
    case note
    /// What will most likely make the model worse, or the training longer.
    case warning
  }

  /// What was looked at, in a word or two, such as `initial loss` or `class balance`.
  public let name: String
  /// How much it matters; ``sentence`` has the numbers that tell.
  public let verdict: Verdict
  /// What was found, in a sentence.
  public let sentence: String
  /// What to do about it; nil where there is nothing to do.
  public let remedy: Phrase?

  /// Name, verdict and what was found: as for a check beside those of ``Preflight/findings()``, such as of a gradient.
  public init(_ name: String, _ verdict: Verdict, _ sentence: String, remedy: Phrase? = nil) {
    (self.name, self.verdict, self.sentence, self.remedy) = (name, verdict, sentence, remedy)
  }
}
