import Descent

/// The file of a path: what it was asked for, and its points.
struct PathFile: Codable {
  /// Tells it from others.
  var kind = "descent path"
  var version = Provenance.currentVersion
  var command: String
  var rows, features: Int
  var tolerance: Double
  /// A name for each feature and for each score.
  var featureNames, outputs: [String]
  /// The spread of each feature, as the model's own; nil where none is known.
  var featureScales: [Double]?
  /// All that the points depend on, in words.
  var facts: [TrainingFact]
  /// How many points there are to be.
  var count: Int
  var points: [Point] = []
  /// Of the whole path without reading the files, those of the runs that it goes on from included.
  var seconds = 0.0

  struct Point: Codable {
    var l1, l2, objective, loss, penalty: Double
    var gap: Double?
    var isCertified: Bool
    var nonzeros: Int
    var passes, seconds: Double
    var stopReason: StopReason
    var heldOutLoss, heldOutAccuracy, heldOutR2: Double?
    /// One a score, in the units of the data.
    var intercepts: [Double]
    var weights: Weights

    /// What is not known is null, never absent.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      for (value, key) in [(l1, CodingKeys.l1), (l2, .l2), (objective, .objective), (loss, .loss)] {
        try container.encode(value, forKey: key)
      }
      for (value, key) in [(penalty, CodingKeys.penalty), (passes, .passes), (seconds, .seconds)] {
        try container.encode(value, forKey: key)
      }
      for (value, key) in [
        (gap, CodingKeys.gap), (heldOutLoss, .heldOutLoss), (heldOutAccuracy, .heldOutAccuracy),
        (heldOutR2, .heldOutR2),
      ] { try container.encode(value, forKey: key) }
      try container.encode(isCertified, forKey: .isCertified)
      try container.encode(nonzeros, forKey: .nonzeros)
      try container.encode(stopReason, forKey: .stopReason)
      try container.encode(intercepts, forKey: .intercepts)
      try container.encode(weights, forKey: .weights)
    }

    private enum CodingKeys: String, CodingKey {
      case l1, l2, objective, loss, penalty, gap, nonzeros, passes, seconds, intercepts, weights
      case isCertified = "certified"
      case stopReason = "stop_reason"
      case heldOutLoss = "held_out_loss"
      case heldOutAccuracy = "held_out_accuracy"
      case heldOutR2 = "held_out_r2"
    }
  }

  /// Those that are not zero: where they are in the matrix `[outputs, features]`, row after row, and what they are there.
  struct Weights: Codable {
    var indices: [Int]
    var values: [Double]
  }

  private enum CodingKeys: String, CodingKey {
    case kind, command, rows, features, tolerance, outputs, facts, count, points, seconds
    case version = "descent_version"
    case featureNames = "feature_names"
    case featureScales = "feature_scales"
  }
}

extension PathFile {
  /// The name of the weight at a place among `[outputs, features]`.
  func name(of index: Int) -> String {
    let feature = featureNames[index % features]
    return outputs.count == 1 ? feature : "\(outputs[index / features]): \(feature)"
  }

  /// Whether a file that begins with these bytes is one: the command stands before all that may be long.
  static func isOwn(_ front: [UInt8]) -> Bool {
    let text = String(decoding: front, as: UTF8.self)
    return text.hasPrefix("{") && text.contains("\"descent path")
  }

  /// How a table of points begins.
  static let columns = [
    "l1", "l2", "objective", "loss", "penalty", "gap", "nonzeros", "passes", "seconds", "held_out_loss",
  ]
  static let firstColumns = columns.joined(separator: ",") + ","

  /// A line a point: the columns above, and then the intercepts and the weights of each score.
  func csv() -> String {
    let names = outputs.count == 1 ? [""] : outputs.map { $0 + ":" }
    let coefficients = names.flatMap { name in (["intercept"] + featureNames).map { name + $0 } }
    let header = CSVText.line(Self.columns + coefficients.map { CSVText.field($0) })
    return header + points.map { CSVText.line(fields(of: $0)) }.joined()
  }

  private func fields(of point: Point) -> [String] {
    var numbers: [Double?] = [point.l1, point.l2, point.objective, point.loss, point.penalty, point.gap]
    numbers += [Double(point.nonzeros), point.passes, point.seconds, point.heldOutLoss]
    var weights = [Double](repeating: 0, count: outputs.count * features)
    for (index, value) in zip(point.weights.indices, point.weights.values) { weights[index] = value }
    for output in outputs.indices {
      numbers.append(point.intercepts[output])
      for weight in weights[output * features..<(output + 1) * features] { numbers.append(weight) }
    }
    return numbers.map { number in number.map { "\($0)" } ?? "" }
  }
}

extension PathFile {
  /// What falls along the path.
  var strength: (name: String, of: (Point) -> Double) {
    let (goesByL1, goesByL2) = (Set(points.map(\.l1)).count > 1, Set(points.map(\.l2)).count > 1)
    if goesByL1 && goesByL2 { return ("l1 + l2", { $0.l1 + $0.l2 }) }
    let isByL2 = goesByL2 || !goesByL1 && points.allSatisfy { $0.l1 == 0 }
    return isByL2 ? ("l2", \.l2) : ("l1", \.l1)
  }

  /// What ``largestWeights`` are measured by.
  var weightUnit: String { featureScales == nil ? "in the units of the data" : "for a change by one σ" }

  struct Weight {
    let name: String
    /// A number a point.
    let values: [Double]

    /// The first point at which it is not 0.
    var entry: Int? { values.firstIndex { $0 != 0 } }
  }

  /// The weights that are not always 0, by their places, a number a point.
  var courses: [Int: [Double]] {
    var weights: [Int: [Double]] = [:]
    for (number, point) in points.enumerated() {
      for (index, value) in zip(point.weights.indices, point.weights.values) {
        weights[index, default: Array(repeating: 0, count: points.count)][number] = value
      }
    }
    return weights
  }

  /// Whether a weight is one of the first of two classes, and the second's is the same of the other sign at each point, as the
  /// optimum of a softmax has it.
  private func isMirrored(_ place: Int, _ courses: [Int: [Double]]) -> Bool {
    guard outputs.count == 2, place < features, let values = courses[place] else { return false }
    guard let others = courses[place + features] else { return false }
    let most = values.reduce(0) { max($0, abs($1)) }
    return zip(values, others).allSatisfy { abs($0 + $1) <= 1e-3 * most }
  }

  /// The same for a change of the feature by its spread, so that they can be compared, from the one that grows largest down;
  /// of two classes that mirror each other the second's.
  var largestWeights: [Weight] {
    let courses = courses
    let sized = courses.filter { !isMirrored($0.key, courses) }.map { place, values in
      let scale = featureScales?[place % features] ?? 1
      return (
        place: place, values: values.map { scale * $0 }, size: scale * values.reduce(0) { max($0, abs($1)) }
      )
    }
    return sized.sorted { ($1.size, $0.place) < ($0.size, $1.place) }.map {
      Weight(name: name(of: $0.place), values: $0.values)
    }
  }
}
