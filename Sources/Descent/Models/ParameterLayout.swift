/// Where a model's parts lie in its one flat parameter vector.
public struct ParameterLayout: Sendable, Equatable {
  /// A named part: a matrix of weights, row-major, or a vector of biases.
  public struct Part: Sendable, Equatable {
    /// As messages and model files have it: `weights`, or `weights1` in a network.
    public let name: String
    /// `[rows, columns]` of weights, `[count]` of biases.
    public let shape: [Int]
    /// Its place in the parameter vector, as long as the product of the shape.
    public let range: Range<Int>
    /// Penalties act on weights, never on biases.
    public let isPenalised: Bool
  }

  /// In the order of the parameter vector, which they cover without gaps.
  public private(set) var parts: [Part] = []

  /// A layout of no parameters, for ``append(_:shape:isPenalised:)`` to fill.
  public init() {}

  /// The number of parameters.
  public var count: Int { parts.last?.range.upperBound ?? 0 }

  /// Adds a part of as many parameters as the product of `shape`, after those there are. A name may be there already.
  public mutating func append(_ name: String, shape: [Int], isPenalised: Bool) {
    let start = count
    let size = shape.reduce(1, *)
    parts.append(Part(name: name, shape: shape, range: start..<start + size, isPenalised: isPenalised))
  }

  /// The first part of that name; nil where there is none.
  public subscript(name: String) -> Part? { parts.first { $0.name == name } }

  /// The part that holds the parameter at `index`, and its row and column there, for messages.
  public func describe(_ index: Int) -> String {
    guard let part = parts.first(where: { $0.range.contains(index) }) else { return "parameter \(index)" }
    let offset = index - part.range.lowerBound
    guard part.shape.count == 2 else { return "\(part.name)[\(offset)]" }
    return "\(part.name)[\(offset / part.shape[1]), \(offset % part.shape[1])]"
  }
}
