extension Dictionary where Key == String {
  /// The entries by their keys. Only texts are sorted: a sort of pairs would be compiled anew for each kind of value.
  var inOrder: [(key: String, value: Value)] { keys.sorted().map { ($0, self[$0]!) } }
}
