/// The types of numbers that files store, whatever their formats call them: each format's own file says that.
public enum NumberType: String, Sendable, CaseIterable {
  /// Whole numbers with a sign (`int`) and without, and IEEE 754's formats, of so many bits; `bool` is a byte, 0 or 1. NPY
  /// stores all of them, IDX and safetensors some.
  case bool, uint8, uint16, uint32, uint64, int8, int16, int32, int64, float16, float32, float64

  /// The bytes of a number.
  var size: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .uint16, .int16, .float16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  var isFloating: Bool { [.float16, .float32, .float64].contains(self) }

  /// Whether Float does not hold all numbers of the type as they are.
  var mayExceedSingle: Bool { size > 4 || size == 4 && self != .float32 }

  /// The type of Swift's Float or Double.
  init<Element>(of element: Element.Type) { self = element == Float.self ? .float32 : .float64 }
}

extension NumberType {
  /// The types that conversions write.
  public static let written: [NumberType] = [.uint8, .float16, .float32, .float64]

  /// The least of these that holds all numbers of the type; of whole ones of 64 bits those up to 2⁵³.
  var written: NumberType {
    switch self {
    case .bool, .uint8: .uint8
    case .float16: .float16
    default: mayExceedSingle ? .float64 : .float32
    }
  }
}
