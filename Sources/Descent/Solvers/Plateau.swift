internal import Foundation

/// Ends a training whose objective no longer falls: first the learning rate goes down to 0, then it is over.
///
/// The objective of an epoch of batches wavers, so an epoch without a fall says nothing; a tenth of the training does.
/// While the rate is high the objective may stand still above what it would reach at a lower one: thus the last stretch.
struct Plateau: Codable {
  /// The lowest objective of an epoch, and how many epochs ago it was.
  private var lowest = Double.infinity
  private var age = 0
  /// Epochs done when the rate began its last fall.
  private var turn: Int?

  /// A fall by less, relative to the objective, is none.
  private static let fall = 1e-3

  private static func stretch(_ epochs: Int) -> Int { max(3, epochs / 20) }

  func fits(epochs: Int) -> Bool {
    plausibleCounts.contains(age) && (turn.map { (0...epochs).contains($0) } ?? true)
  }

  /// Takes note of an epoch's objective. `epoch` of `epochs` are done.
  mutating func note(_ objective: Double, epoch: Int, of epochs: Int) {
    age += 1
    if objective < lowest - Self.fall * abs(lowest) || lowest == .infinity { (lowest, age) = (objective, 0) }
    if turn == nil, age >= max(10, epochs / 10) { turn = epoch }
  }

  /// Whether the last stretch is over after so many epochs.
  func isOver(after epoch: Int, of epochs: Int) -> Bool {
    turn.map { epoch >= $0 + Self.stretch(epochs) } ?? false
  }

  /// The factor of the learning rate: 1 as long as the objective falls, then half a cosine down to 0.
  func factor(epoch: Double, of epochs: Int) -> Double {
    guard let turn else { return 1 }
    return 0.5 * (1 + cos(.pi * min(1, (epoch - Double(turn)) / Double(Self.stretch(epochs)))))
  }
}
