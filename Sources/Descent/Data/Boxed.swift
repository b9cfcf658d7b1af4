/// A value behind a reference, never changed.
///
/// For values of many parts: how to copy each of them is written out by the compiler in every type that holds one.
package final class Boxed<Value: Sendable>: Sendable {
  package let value: Value

  package init(_ value: Value) { self.value = value }
}
