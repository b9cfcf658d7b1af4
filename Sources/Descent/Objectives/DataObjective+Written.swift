internal import LinearAlgebra

/// An objective's value in Double where it was asked for last: a certificate and a report ask for the same.
final class ExactValue {
  private var parameters: [Double] = []
  private var value: (loss: Double, penalty: Double)?

  func note(_ loss: Double, _ penalty: Double, at parameters: [Double]) {
    (self.parameters, value) = (parameters, (loss, penalty))
  }

  func known(at parameters: [Double]) -> (loss: Double, penalty: Double)? {
    parameters == self.parameters ? value : nil
  }
}

extension DataObjective {
  /// The mean loss and the penalty of the model as it is written: its parameters folded with the scaling and rounded to
  /// `Element`, on the numbers as they are stored, in Double. No pass where a certificate was given there.
  func exactValue(at parameters: [Element]) -> (loss: Double, penalty: Double) {
    let written = model.written(parameters, scaling)
    if let known = exactValue.known(at: written) { return known }
    let exact = converted(to: Double.self)
    return (exact.meanLoss(at: written), exact.penaltyValue(at: written))
  }
}

extension Model {
  /// The parameters that the written model has for scaled features: folded, rounded, and carried back in Double.
  func written<Element: KernelScalar>(_ parameters: [Element], _ scaling: Scaling) -> [Double] {
    folding(scaling.inverse, into: widened(folding(scaling, into: parameters)))
  }
}

/// In Double: of texts' parameters there are many, and each proof asks for them.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func widened<Element: KernelScalar>(_ numbers: [Element]) -> [Double] { numbers.map { Double($0) } }
