internal import Foundation
internal import LinearAlgebra

/// A convex loss whose conjugate ℓ*(θ) = sup_s ⟨θ, s⟩ − ℓ(s) is known: what certificates ask of it.
///
/// A slope θ of a row is a point of the dual problem. Where ℓ*(θ) is finite it bounds the loss from below,
/// ℓ(s) ≥ ⟨θ, s⟩ − ℓ*(θ) at every s, with equality where θ is the gradient.
/// (Fenchel; Boyd and Vandenberghe, Convex Optimization, section 3.3.)
public protocol DualLoss: Loss {
  /// Losses whose gradients are good points of this one's dual problem: itself where it is smooth, else smooth
  /// ones near it.
  var generators: [any CurvedLoss] { get }

  /// Whether ℓ*(t·θ) = t·ℓ*(θ) for t in 0...1, as where the loss is a maximum of finitely many slopes.
  var hasLinearConjugate: Bool { get }

  /// Where the conjugate is finite.
  var domain: SlopeDomain { get }

  /// Moves slopes `[rows, columns]`, a row at a time, to a near point where the conjugate is finite.
  func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets)

  /// Writes ℓ*(θ) of each row's slopes, of `[rows, columns]`, to `values`, where it is finite.
  func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>)
}

/// The slopes that a row may have: where a loss's conjugate is finite. With any slopes each holds their multiples by
/// 0...1, 0 included.
public enum SlopeDomain: Sendable {
  /// Each slope in an interval of its own.
  case intervals
  /// p − t, of shares p and the target's shares t, which are not below 0 and sum to 1.
  case simplex
  /// Those of the wrong classes in 0...most, that of the right one minus their sum.
  case margins(most: Double)
}

/// A loss with a second derivative, almost everywhere: what Newton's method asks of it.
public protocol CurvedLoss: DualLoss {
  /// Whether the loss sees only the differences of a row's scores.
  var seesDifferencesOnly: Bool { get }

  /// What ``Automatic`` chooses a solver by, among others. ``Curvature/jumping`` unless a loss says otherwise.
  var curvature: Curvature { get }

  /// Whether it falls for ever, and never is 0, along scores that take no row's part against its label: without a penalty
  /// there is no minimum then.
  var isNeverZero: Bool { get }

  /// The loss with the curvature of the parabola that touches this one at a score and is nowhere below it; in place of
  /// slopes it takes the residuals, score less target. Nil but for losses that have no curvature where residuals are
  /// large, so that a step by it knows no bound: solvers come near the optimum of those by ``relaxed(below:)`` first.
  var majorant: (any CurvedLoss)? { get }

  /// Losses on the way to this one, the first of which curves wherever residuals are up to `residual`: each optimum is a
  /// good start for the next.
  func relaxed(below residual: Double) -> [any CurvedLoss]

  /// direction ← ∇²ℓ·direction, a row at a time; both vectors are `[rows, columns]`.
  ///
  /// - Parameters:
  ///   - columns: scores a row.
  ///   - targets: the rows' targets.
  ///   - direction: `[rows, columns]`, overwritten by the product.
  ///   - slopes: the gradient at the scores, which for these losses tells the curvature.
  func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets)
}

extension DualLoss {
  public var hasLinearConjugate: Bool { false }

  /// Σ ℓ*(θ) of slopes `[rows, columns]` where it is finite.
  public func conjugate(_ slopes: Span<Double>, columns: Int, targets: Targets) -> Double {
    RowLoss(self, targets, columns: columns).conjugate(0..<targets.rows, slopes)
  }
}

extension CurvedLoss { public var generators: [any CurvedLoss] { [self] } }

extension CurvedLoss {
  public var seesDifferencesOnly: Bool { false }
  public var curvature: Curvature { .jumping }
  public var isNeverZero: Bool { false }
  public var majorant: (any CurvedLoss)? { nil }
  public func relaxed(below residual: Double) -> [any CurvedLoss] { [] }
}

/// x·log x, with its limit at 0.
func xlogx(_ x: Double) -> Double { x > 0 ? x * log(x) : 0 }
