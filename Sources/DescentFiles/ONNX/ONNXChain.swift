internal import Descent

/// Follows the rows through a graph, and refuses what is no chain of layers, by the operator's name.
struct ONNXChain {
  enum Value {
    case constant(ONNXConstant)
    /// The rows on their way; a value that is used after the chain went on names a branch.
    case rows(Rows)
    /// 1 − p of a probability p that the chain ends in.
    case complement(Rows)
    /// Probabilities `[1 − p, p]`.
    case pair(Rows)
    /// The number of the best class, and its name.
    case classIndex, label
    /// Dictionaries of scores by class name, or one of two scores that mirror each other.
    case derived
  }

  struct Rows: Equatable {
    /// The state of the chain that it is.
    var state: Int
    /// Whether a row is one run of numbers, and not an image.
    var isFlat: Bool
  }

  private(set) var steps: [ONNXStep] = []
  /// A number for each state, before the first step and after each.
  private(set) var states = [0]
  private var newestState = 0
  private var values: [String: Value] = [:]
  let input: ONNXInput
  /// Set by whatever operator names the classes.
  private(set) var classNames: [String]?
  /// Whether an operator takes the best of the scores.
  private(set) var isClassifier = false
  private(set) var isDouble = false
  /// The chain's state at each of the graph's outputs that holds rows, by name.
  private(set) var outputs: [String: Int] = [:]
  /// How many numbers may still be made of those that the file holds.
  private var budget = 1 << 20

  /// - Parameter end: The value that the rows are followed to; nil is to the graph's end.
  init(
    _ graph: ONNXGraph, upTo end: String? = nil,
    external: (ONNXTensor) throws(ONNXFailure) -> ArraySlice<UInt8>
  ) throws(ONNXFailure) {
    if graph.hasSparseInitializers { throw .unsupported("holds sparse tensors") }
    for tensor in graph.initializers {
      let constant = try ONNXConstant(tensor, external: external)
      values[tensor.name] = .constant(constant)
      budget += Self.mostUses * constant.count
    }
    let known = values
    let inputs = graph.inputs.filter { known[$0.name] == nil }
    guard inputs.count == 1 else {
      throw .unsupported("takes \(counted(inputs.count, "input")) where rows of features are one")
    }
    input = try ONNXInput(inputs[0])
    values[input.name] = .rows(Rows(state: 0, isFlat: input.shape.count <= 2))
    for node in graph.nodes {
      let results = try apply(ONNXOperator(node))
      for (name, value) in zip(node.outputs, results) where !name.isEmpty { values[name] = value }
      if let end, node.outputs.contains(end) { break }
    }
    for output in graph.outputs where end == nil || output.name == end { try self.end(output.name) }
  }

  private mutating func end(_ name: String) throws(ONNXFailure) {
    switch values[name] {
    case .rows(let rows), .complement(let rows), .pair(let rows): outputs[name] = rows.state
    case .classIndex, .label: isClassifier = true
    case .derived: break
    case .constant, nil: throw ONNXFailure("has the output \(quoted(name)) that no operator gives")
    }
  }

  // MARK: What operators ask for

  func value(_ node: ONNXOperator, _ index: Int) throws(ONNXFailure) -> Value {
    guard let name = node.input(index) else { throw ONNXFailure("\(node) lacks its input \(index)") }
    guard let value = values[name] else {
      throw ONNXFailure("\(node) takes \(quoted(name)), which no operator before it gives")
    }
    return value
  }

  func constant(_ node: ONNXOperator, _ index: Int) throws(ONNXFailure) -> ONNXConstant {
    guard case .constant(let constant) = try value(node, index) else {
      throw .unsupported("\(node) takes an input \(index) that is no constant")
    }
    return constant
  }

  /// The rows as the chain left them.
  func rows(_ node: ONNXOperator, _ index: Int = 0) throws(ONNXFailure) -> Rows {
    guard case .rows(let rows) = try value(node, index), rows.state == states.last else {
      throw .unsupported("\(node) joins or branches the rows' way")
    }
    return rows
  }

  /// The same, where a row is one run of numbers.
  func flatRows(_ node: ONNXOperator, _ index: Int = 0) throws(ONNXFailure) -> Rows {
    let rows = try rows(node, index)
    guard rows.isFlat else { throw .unsupported("\(node) takes rows of more than one dimension") }
    return rows
  }

  /// How often a number that the file holds may be used, on average: cast, transposed, and as a weight of a layer.
  private static let mostUses = 3

  /// Notes that the file holds `count` numbers.
  mutating func note(held count: Int) { budget += Self.mostUses * count }

  /// Notes that an operator makes `count` numbers of those.
  ///
  /// A few bytes name a tensor again: without a bound a small file would fill the memory.
  mutating func spend(_ count: Int, _ node: ONNXOperator) throws(ONNXFailure) {
    budget -= count
    guard budget >= 0 else {
      throw .unsupported(
        "\(node) uses the file's numbers again, which are used \(Self.mostUses) times already")
    }
  }

  /// Goes on by `step`.
  mutating func append(_ step: ONNXStep, to rows: Rows, _ node: ONNXOperator) throws(ONNXFailure) -> Value {
    if case .softmax? = steps.last { throw .unsupported("\(node) follows a softmax") }
    switch step {
    case .affine(let affine): try spend(affine.weights.count, node)
    case .diagonal(let scale, _): try spend(2 * scale.count, node)
    case .mirror, .activation, .softmax: break
    }
    steps.append(step)
    newestState += 1
    states.append(newestState)
    return .rows(Rows(state: newestState, isFlat: rows.isFlat))
  }

  /// Puts `step` in the place of the last.
  mutating func replaceLast(by step: ONNXStep, _ rows: Rows) -> Value {
    newestState += 1
    steps[steps.count - 1] = step
    states[states.count - 1] = newestState
    return .rows(Rows(state: newestState, isFlat: rows.isFlat))
  }

  /// Whether `rows` are those before the last step, which made `result`.
  func isLastStep(from rows: Rows, to result: Rows) -> Bool {
    !steps.isEmpty && result.state == states.last && rows.state == states[states.count - 2]
  }

  /// Notes the classes' names.
  mutating func name(_ classes: [String], _ node: ONNXOperator) throws(ONNXFailure) {
    guard classNames == nil || classNames == classes else {
      throw .unsupported("\(node) names other classes than an operator before it")
    }
    guard Set(classes).count == classes.count else { throw ONNXFailure("\(node) names a class twice") }
    classNames = classes
  }

  mutating func note(isDouble: Bool) { self.isDouble = self.isDouble || isDouble }
}
