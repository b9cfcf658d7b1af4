internal import Descent
internal import LinearAlgebra

/// Named tensors and some text in a file without code: Hugging Face's safetensors layout.
///
/// Eight bytes hold the header's length, little-endian. The header is JSON: for each tensor its number type,
/// shape and place, and texts under `__metadata__`. The numbers follow, row-major and little-endian, without
/// a gap. Reading checks all of that; a file that is read and written again has the same content, in the order
/// of this writer.
///
/// ```swift
/// let file = Safetensors(
///   [.init("weights", [2, 3], .float([1, 2, 3, 4, 5, 6]))], metadata: ["loss": "softmax"])
/// try AtomicFile.write("model.safetensors", file.encoded())
/// ```
public struct Safetensors: Sendable, Equatable {
  /// Numbers of one type, in any number of dimensions.
  public struct Tensor: Sendable, Equatable {
    /// The key in the file's header: no other tensor's, and not `__metadata__`.
    public var name: String
    /// Row-major; empty for a single number.
    public var shape: [Int]
    /// Row-major, as many as the product of ``shape``: one where that is empty.
    public var values: Values

    /// Traps where there are not as many values as the product of the shape, which is 1 for an empty one.
    public init(_ name: String, _ shape: [Int], _ values: Values) {
      let count = shape.reduce(1, *)
      require(values.count == count, "'\(name)' \(shape) needs \(count) numbers, not \(values.count)")
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// The types of numbers that are read and written; a file with any other, such as F16, is refused.
  public enum Values: Sendable, Equatable {
    /// `F32` in the header, 4 bytes a number.
    case float([Float])
    /// `F64` in the header, 8 bytes a number.
    case double([Double])
    /// `I64` in the header, 8 bytes a number.
    case int64([Int64])
    /// `U8` in the header, a byte a number.
    case uint8([UInt8])

    /// Of numbers, not of bytes.
    public var count: Int {
      switch self {
      case .float(let values): values.count
      case .double(let values): values.count
      case .int64(let values): values.count
      case .uint8(let values): values.count
      }
    }

    var type: NumberType {
      switch self {
      case .float: .float32
      case .double: .float64
      case .int64: .int64
      case .uint8: .uint8
      }
    }
  }

  /// Their names differ.
  public var tensors: [Tensor]
  /// The texts under `__metadata__`, a key that is left out where there are none.
  public var metadata: [String: String]

  /// Names are looked at when the file is written: ``encoded()`` traps where two are the same or one is `__metadata__`.
  public init(_ tensors: [Tensor], metadata: [String: String] = [:]) {
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  /// The tensor of this name, if there is one.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

extension NumberType {
  private static let safetensorsNames: [String: NumberType] = [
    "F32": .float32, "F64": .float64, "I64": .int64, "U8": .uint8,
  ]

  /// The type that safetensors calls so, among those that ``Safetensors/Values`` hold.
  init?(safetensors name: String) {
    guard let type = Self.safetensorsNames[name] else { return nil }
    self = type
  }

  var safetensorsName: String? { Self.safetensorsNames.first { $0.value == self }?.key }
}
