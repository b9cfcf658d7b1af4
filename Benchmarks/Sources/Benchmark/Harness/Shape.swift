/// The size of a linear model: features a row and classes.
struct Shape: Equatable {
  var columns: Int
  var classes: Int

  var name: String { "\(columns)×\(classes)" }

  /// Multiplications and additions of one product of a row with the weights.
  var operations: Double { 2 * Double(columns) * Double(classes) }

  /// Rows of a data set on which naive Swift takes about a tenth of a second.
  var rows: Int {
    switch (columns, classes) {
    case (64, _): 32_768
    case (_, 1000...): 512
    case (3072, _): 2048
    default: 8192
    }
  }

  static let all = [
    Shape(columns: 64, classes: 10), Shape(columns: 784, classes: 10), Shape(columns: 3072, classes: 10),
    Shape(columns: 768, classes: 1000),
  ]
}
