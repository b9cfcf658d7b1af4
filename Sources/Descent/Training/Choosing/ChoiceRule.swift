/// Which penalty of a cross-validation is taken.
public enum ChoiceRule: String, Sendable, CaseIterable {
  /// That of the best mean over the folds.
  case minimum
  /// The strongest whose mean is within one standard error of the best: the simplest model that is not told from it.
  /// (Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, section 3.4.3.)
  case oneStandardError = "one-se"
}
