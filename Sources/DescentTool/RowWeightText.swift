import Descent
import DescentPictures

/// What people are told of weights and offsets.
struct RowWeightText {
  private let data: Dataset
  private let classWeights: ClassWeights?

  init(_ data: Dataset, _ classWeights: ClassWeights?) {
    (self.data, self.classWeights) = (data, classWeights)
  }

  /// As "weights: column 'w', from 0.5 to 12, 34.5 together"
  var lines: [String] { [rows, classes, offsets].compactMap { $0 } }

  /// The weights of the classes by their names; nil where they have none.
  var byClass: [(name: String, weight: Double)]? {
    guard let factors = try? classWeights?.factors(for: data) else { return nil }
    return Array(zip(data.classNames, factors)).map { (name: $0, weight: $1) }
  }

  private var rows: String? {
    guard let weights = data.weights, let least = weights.min(), let most = weights.max() else { return nil }
    let none = weights.count { $0 == 0 }
    let left =
      none == 0 ? "" : "; \(none) row\(none == 1 ? "" : "s") of weight 0 \(none == 1 ? "is" : "are") left out"
    return "weights: \(name(data.others.weight)), from \(format(least, 4)) to \(format(most, 4)), "
      + "\(format(weights.reduce(0, +), 6)) together\(left)"
  }

  private var classes: String? {
    guard let classWeights, let byClass else { return nil }
    let names = ShortNames(byClass.map(\.name), columns: 24).texts
    let texts = zip(names, byClass).prefix(8).map { "\($0) \(format($1.weight, 4))" }
    return "class weights\(classWeights == .balanced ? ", balanced" : ""): " + texts.joined(separator: ", ")
      + (byClass.count > 8 ? ", …" : "")
  }

  private var offsets: String? {
    guard data.offsets != nil else { return nil }
    let what =
      data.others.isExposure ? "the logarithm of \(name(data.others.offset))" : name(data.others.offset)
    return
      "offset: \(what) is added to the score of each row; predict and evaluate want it too, and other programs that "
      + "run the model's graph add it themselves"
  }

  private func name(_ column: TableColumn?) -> String {
    column.map { $0.name.map { "column '\($0)'" } ?? "column \($0.number)" } ?? "one a row"
  }
}
