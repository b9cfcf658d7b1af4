extension Dictionary where Key: Comparable {
  /// The keys in order. By way of an array: a sort is compiled anew for each kind of collection.
  package var orderedKeys: [Key] { Array(keys).sorted() }

  /// The entries by their keys. Only keys are sorted: a sort of pairs would be compiled anew for each kind of value.
  package var inOrder: [(key: Key, value: Value)] { orderedKeys.map { ($0, self[$0]!) } }
}
