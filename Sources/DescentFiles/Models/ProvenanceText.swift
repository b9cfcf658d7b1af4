internal import Descent

/// One fact of a provenance as the text that model files hold under a key.
///
/// What a text says it must say in the words that it would be written in: all others are left to the remarks, so that
/// a file that is read and written again says what it said.
struct ProvenanceText: Sendable {
  let key: String
  let write: @Sendable (Provenance) -> String?
  /// Puts in what a text says; false where it says nothing of the kind.
  let read: @Sendable (inout Provenance, String) -> Bool

  static let all: [ProvenanceText] = [
    .init("objective", \.objective), .init("training_loss", \.trainingLoss), .init("seed", \.seed),
    .init("precision", \.precision), .init("stop_reason", \.stopReason), .init("gap", \.gap),
    .init("certified", \.isCertified), .init("descent_version", \.version), .init("producer", \.producer),
    .init("command", \.command), .init("data", \.data), .init("data_hash", \.dataHash),
    .init("data_rows", \.dataRows), .init("held_out_rows", \.heldOutRows),
    .init("held_out_loss", \.heldOutLoss), .init("held_out_accuracy", \.heldOutAccuracy),
    .init("held_out_rmse", \.heldOutRMSE), .init("held_out_r2", \.heldOutR2), .init("date", \.date),
  ]

  private init<Value: LosslessStringConvertible & Sendable>(
    _ key: String, _ path: any WritableKeyPath<Provenance, Value?> & Sendable
  ) {
    self.init(key, path, { $0.description }, { Value($0) })
  }

  private init<Value: RawRepresentable<String> & Sendable>(
    _ key: String, _ path: any WritableKeyPath<Provenance, Value?> & Sendable
  ) {
    self.init(key, path, { $0.rawValue }, { Value(rawValue: $0) })
  }

  private init<Value: Sendable>(
    _ key: String, _ path: any WritableKeyPath<Provenance, Value?> & Sendable,
    _ text: @escaping @Sendable (Value) -> String, _ value: @escaping @Sendable (String) -> Value?
  ) {
    self.key = key
    write = { $0[keyPath: path].map(text) }
    read = { provenance, string in
      guard let found = value(string), text(found) == string else { return false }
      provenance[keyPath: path] = found
      return true
    }
  }
}
