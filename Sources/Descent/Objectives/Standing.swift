/// Where parameters stand.
public struct Standing: Sendable, Codable {
  /// The mean loss over the rows.
  public var loss: Double
  /// ‖∇(loss + smooth part of the penalty)‖.
  public var gradientNorm: Double

  /// Both at the same parameters; nothing is checked.
  public init(loss: Double, gradientNorm: Double) { (self.loss, self.gradientNorm) = (loss, gradientNorm) }
}
