import Descent

extension PrecisionDemand {
  /// Why a model is trained in double precision, in one line.
  var sentence: String {
    let what =
      switch subject {
      case .feature(let column, let name): name.map { "column '\($0)'" } ?? "feature \(column)"
      case .target: "the target"
      case .coefficients: "no penalty holds the coefficients, and"
      }
    let why =
      switch reason {
      case .offset(let ratio):
        "has a mean of \(format(ratio, 2)) times its spread, of which float would lose digits"
      case .magnitude(let number):
        "has magnitudes of about \(format(number, 2)), whose squares float cannot hold"
      case .unpenalised: "float would lose their digits"
      case .constant(let number): "is \(number) in all rows, which is no float"
      }
    return "precision double: \(what) \(why)"
  }
}
