internal import Foundation

/// How the learning rate changes as training goes on, as a factor of the rate it starts at.
public enum Schedule: Sendable, Equatable {
  /// A factor of 1 to the end.
  case constant
  /// Times `factor` after every `every` epochs.
  case step(every: Double, factor: Double)
  /// Half a cosine from 1 down to 0 at the last epoch.
  /// (Loshchilov and Hutter, SGDR, ICLR 2017, eq. 5.)
  case cosine
  /// 1 / (1 + rate·epoch)
  case inverseTime(rate: Double)

  /// - Parameters:
  ///   - epoch: epochs done, whole or not.
  ///   - epochs: epochs planned.
  public func factor(epoch: Double, of epochs: Double) -> Double {
    switch self {
    case .constant: 1
    case .step(let every, let factor): pow(factor, (epoch / every).rounded(.down))
    case .cosine: 0.5 * (1 + cos(.pi * min(1, epoch / epochs)))
    case .inverseTime(let rate): 1 / (1 + rate * epoch)
    }
  }
}
