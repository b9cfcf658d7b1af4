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
  public struct Tensor: Sendable, Equatable {
    public var name: String
    /// Row-major; empty for a single number.
    public var shape: [Int]
    public var values: Values

    public init(_ name: String, _ shape: [Int], _ values: Values) {
      let count = shape.reduce(1, *)
      require(values.count == count, "'\(name)' \(shape) needs \(count) numbers, not \(values.count)")
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  public enum Values: Sendable, Equatable {
    case float([Float])
    case double([Double])
    case int64([Int64])
    case uint8([UInt8])

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
  public var metadata: [String: String]

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
