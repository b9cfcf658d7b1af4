/// A type of numbers that files store.
public enum StoredType: String, Sendable, CaseIterable {
  case uint8, float16, float32, float64

  var size: Int {
    switch self {
    case .uint8: 1
    case .float16: 2
    case .float32: 4
    case .float64: 8
    }
  }
}

extension StoredType {
  /// What NPY calls it.
  var descr: String {
    switch self {
    case .uint8: "|u1"
    case .float16: "<f2"
    case .float32: "<f4"
    case .float64: "<f8"
    }
  }
}
