internal import Synchronization

/// A value that is found where it is first asked for, once for all copies.
final class Memo<Value: Sendable>: Sendable {
  private let found = Mutex<Value?>(nil)
  private let find: @Sendable () -> Value

  init(_ find: @escaping @Sendable () -> Value) { self.find = find }

  var value: Value {
    found.withLock {
      if let known = $0 { return known }
      let value = find()
      $0 = value
      return value
    }
  }
}
