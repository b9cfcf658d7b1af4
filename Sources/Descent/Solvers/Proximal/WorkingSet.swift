internal import LinearAlgebra

/// The parameters of a linear model that a step may move: class by class, in rising order.
struct WorkingSet: Equatable, Codable {
  /// Into the parameter vector.
  let indices: [Int]
  /// Column of the data that an index belongs to; the bias's is the number of features.
  let columns: [Int]
  /// Where the indices of each class lie in `indices`.
  let classes: [Range<Int>]

  var count: Int { indices.count }

  /// Whether it is one of a model's parameters.
  func fits(_ model: LinearModel) -> Bool {
    let (features, count) = (model.inputs, model.layout.count)
    return columns.count == indices.count && classes.count == model.outputs
      && zip(indices, columns).allSatisfy { (0..<count).contains($0) && (0...features).contains($1) }
      && classes.first?.lowerBound == 0 && classes.last?.upperBound == indices.count
      && zip(classes, classes.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound }
      // Each class ends with its bias, where it has one.
      && classes.allSatisfy {
        !model.hasIntercept || !$0.isEmpty && columns[$0.upperBound - 1] == features
      }
  }

  /// All biases that are learnt, and those weights that are not zero or whose slope would move them off it; at the most `most`,
  /// those that are furthest from stationary.
  ///
  /// - Parameter gradient: of the smooth part.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  init<Element: KernelScalar>(
    _ model: LinearModel, at parameters: [Element], gradient: [Element], l1: Double, most: Int
  ) {
    let features = model.inputs
    var chosen: [(excess: Element, index: Int)] = []
    let (price, near) = (Element(l1), Element(0.9 * l1))
    for i in model.weights {
      let (w, g) = (parameters[i], gradient[i])
      if w != 0 {
        chosen.append((abs(g + (w > 0 ? price : -price)), i))
      } else if abs(g) > near {
        chosen.append((abs(g) - price, i))
      }
    }
    if chosen.count > most {
      chosen.sort { $0.excess != $1.excess ? $0.excess > $1.excess : $0.index < $1.index }
      chosen.removeLast(chosen.count - most)
    }
    let weights = chosen.map(\.index).sorted()
    var (indices, columns, classes) = ([Int](), [Int](), [Range<Int>]())
    var next = 0
    for c in 0..<model.outputs {
      let start = indices.count
      while next < weights.count, weights[next] < (c + 1) * features {
        indices.append(weights[next])
        columns.append(weights[next] - c * features)
        next += 1
      }
      if model.hasIntercept {
        indices.append(model.biases.lowerBound + c)
        columns.append(features)
      }
      classes.append(start..<indices.count)
    }
    (self.indices, self.columns, self.classes) = (indices, columns, classes)
  }

  /// All parameters that are learnt.
  init(all model: LinearModel) {
    let (features, outputs) = (model.inputs, model.outputs)
    let size = model.hasIntercept ? features + 1 : features
    indices = (0..<outputs).flatMap { (c: Int) -> [Int] in
      Array(c * features..<(c + 1) * features) + Array(model.learntBiases.dropFirst(c).prefix(1))
    }
    columns = (0..<outputs).flatMap { _ in Array(0..<size) }
    classes = (0..<outputs).map { c in c * size..<(c + 1) * size }
  }

  /// How far the weights outside the set are from stationary: the largest entry of their least subgradient.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func excessOutside<Element: KernelScalar>(
    _ model: LinearModel, at parameters: [Element], gradient: [Element], l1: Double
  ) -> Double {
    let (price, features) = (Element(l1), model.inputs)
    var largest: Element = 0
    for (c, range) in classes.enumerated() {
      var next = range.lowerBound
      for j in 0..<features {
        if next < range.upperBound, columns[next] == j {
          next += 1
          continue
        }
        let (w, g) = (parameters[c * features + j], gradient[c * features + j])
        largest = max(largest, w == 0 ? abs(g) - price : abs(g + (w > 0 ? price : -price)))
      }
    }
    return Double(largest)
  }

  func pick<Element: KernelScalar>(_ parameters: [Element]) -> [Element] { indices.map { parameters[$0] } }

  /// A vector of `count` parameters, zero outside the set.
  func spread<Element: KernelScalar>(_ values: [Element], over count: Int) -> [Element] {
    var result = [Element](repeating: 0, count: count)
    for (i, index) in indices.enumerated() { result[index] = values[i] }
    return result
  }
}
