/// How a loss curves, from one point to another.
public enum Curvature: Sendable {
  /// The loss is ½‖s − t‖², t the targets or a label's indicators: a linear model's optimum is a closed form.
  case parabola
  /// It changes gradually and is nowhere 0: what it was at earlier points, or on some of the rows, tells much.
  case gradual
  /// It may jump.
  case jumping
}
