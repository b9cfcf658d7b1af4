internal import LinearAlgebra

/// What rows count for by their class, in a training: times their own weights. What a model is measured by does not see it.
public enum ClassWeights: Sendable, Equatable {
  /// All classes together alike: n/(k·n_c) for a class of n_c of the n rows of k classes, rows by their weights.
  /// (King and Zeng, Logistic Regression in Rare Events Data, Political Analysis 9, 2001; scikit-learn's word and formula.)
  case balanced
  /// By the class's name; 1 for the others.
  case named([String: Double])

  /// What each class counts for; 1 for a class without rows.
  public func factors(for data: Dataset) throws(ClassWeightError) -> [Double] {
    guard case .labels(let labels) = data.targets, !data.classNames.isEmpty else { throw .noClasses }
    switch self {
    case .balanced:
      var sums = [Double](repeating: 0, count: data.classes)
      let weights = data.weights?.scaledToMean1
      for (row, label) in labels.enumerated() { sums[Int(label)] += weights?[row] ?? 1 }
      let occurring = Double(sums.count { $0 > 0 })
      let total = sums.reduce(0, +)
      return sums.map { $0 > 0 ? total / (occurring * $0) : 1 }
    case .named(let named):
      for (name, weight) in named.inOrder {
        guard data.classNames.contains(name) else { throw .unknown(name, classes: data.classNames) }
        guard weight > 0, weight.isFinite else { throw .unfit(name, weight) }
      }
      return data.classNames.map { named[$0] ?? 1 }
    }
  }

  /// Its name, and what is set of it, as ``Provenance`` keeps them.
  public var choice: Provenance.Choice {
    switch self {
    case .balanced: .init("balanced")
    case .named(let named): .init("given", named.map { Setting($0.key, $0.value) })
    }
  }
}

/// Class weights that can't be those of some data.
public enum ClassWeightError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The targets are numbers.
  case noClasses
  /// The first name, in the order of the names, that is no class of the data; and the data's classes.
  case unknown(String, classes: [String])
  /// Not a finite number above 0.
  case unfit(String, Double)

  public var description: String {
    switch self {
    case .noClasses: "class weights are for classes, and the targets are numbers"
    case .unknown(let name, let classes):
      "there is no class '\(name)' to weigh: the \(classes.count) classes are "
        + classes.prefix(20).map { "'\($0)'" }.joined(separator: ", ") + (classes.count > 20 ? ", …" : "")
    case .unfit(let name, let weight):
      "a weight of \(weight) for the class '\(name)': a class weight is a finite number above 0"
    }
  }
}
