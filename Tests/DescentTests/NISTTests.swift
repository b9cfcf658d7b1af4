import Foundation
import LinearAlgebra
import Testing

@testable import Descent

/// The linear regression sets of NIST's Statistical Reference Datasets (https://www.itl.nist.gov/div898/strd), whose
/// coefficients are certified to fifteen digits.
struct NISTSet: Sendable, CustomTestStringConvertible {
  let name: String
  /// Digits that a singular value decomposition of the scaled columns finds in Double.
  let digits: Double
  var hasIntercept: Bool { !name.hasPrefix("NoInt") }
  var testDescription: String { name }

  static let all = [
    ("Norris", 12.2), ("Pontius", 13.2), ("Filip", 7.4), ("Longley", 12.8), ("Wampler1", 9.2),
    ("Wampler2", 12.7), ("Wampler3", 9.0), ("Wampler4", 8.9), ("Wampler5", 7.4), ("NoInt1", 14),
    ("NoInt2", 14),
  ].map { NISTSet(name: $0.0, digits: $0.1) }

  /// The intercept first, where there is one.
  var certified: [Double] { numbers("\(name).certified").map { $0[0] } }
  var certifiedErrors: [Double] { numbers("\(name).certified").map { $0[1] } }

  var data: Dataset {
    let rows = numbers(name)
    let width = rows[0].count - 1
    return Dataset(
      features: DenseStorage(
        rows: rows.count, columns: width, elements: rows.flatMap { $0.dropLast() }[...]),
      targets: .values(rows.map { $0[width] }))
  }

  /// The correct digits of the worst coefficient: −log₁₀ of its relative error.
  func digits(_ coefficients: [Double]) -> Double {
    zip(coefficients, certified).map { -log10(max(1e-16, abs($0 - $1) / abs($1))) }.min() ?? 0
  }

  private func numbers(_ file: String) -> [[Double]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try! String(contentsOf: folder.appending(path: "References/nist/\(file).csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map { Double($0)! } }
  }
}

@Suite("Certified coefficients")
struct NISTTests {
  private func fit<Element: KernelScalar>(
    _ set: NISTSet, _ scaling: ScalingChoice, as type: Element.Type, threads: Int = 2
  ) throws -> [Double] {
    let fit: Fit<Element> = try Trainer(
      loss: SquaredError(), penalty: NoPenalty(), scaling: scaling, threads: threads,
      fitsIntercept: set.hasIntercept
    ).fit(set.data, as: type)
    let weights = Array(fit.model.templates!.elements).map { Double($0) }
    return set.hasIntercept ? [Double(fit.model.biases![0])] + weights : weights
  }

  /// LAPACK's two drivers of that decomposition differ by up to 0.8 digits themselves, as do processors with other products.
  @Test(
    "as many digits as a scaled singular value decomposition, less one and a half", arguments: NISTSet.all,
    [ScalingChoice.standard, .none])
  func double(_ set: NISTSet, _ scaling: ScalingChoice) throws {
    let found = set.digits(try fit(set, scaling, as: Double.self))
    #expect(found >= set.digits - 1.5, "\(found) digits")
  }

  @Test("the bits do not depend on the number of threads", arguments: NISTSet.all)
  func threads(_ set: NISTSet) throws {
    let fits = try [1, 2, 3].map { try fit(set, .standard, as: Double.self, threads: $0) }
    #expect(fits[1] == fits[0] && fits[2] == fits[0])
  }

  @Test("a constant column takes no digit, and no weight")
  func constantColumn() throws {
    let set = NISTSet(name: "Wampler5", digits: 7.4)
    let data = set.data
    var rows = [Double](repeating: 0, count: data.rows * 5)
    var span = rows.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    let wide = (0..<data.rows).flatMap { [7] + rows[5 * $0..<5 * $0 + 5] }
    let fit = try Trainer(loss: SquaredError(), penalty: NoPenalty()).fit(
      Dataset(
        features: DenseStorage(rows: data.rows, columns: 6, elements: wide[...]), targets: data.targets),
      as: Double.self)
    let weights = Array(fit.model.templates!.elements)
    #expect(weights[0] == 0)
    #expect(set.digits([fit.model.biases![0]] + weights[1...]) >= 9)
  }

  @Test("features that rounding alone tells apart are refused with the condition number")
  func hopeless() throws {
    let rows = 40
    let x = (0..<rows).flatMap { i -> [Double] in
      let a = sin(1.3 * Double(i))
      return [a, a + 3e-14 * cos(2.7 * Double(i))]
    }
    let data = Dataset(
      features: DenseStorage(rows: rows, columns: 2, elements: x[...]),
      targets: .values((0..<rows).map { cos(Double($0)) }))
    let error = #expect(throws: TrainingError.self) {
      _ = try Trainer(loss: SquaredError(), penalty: NoPenalty()).fit(data, as: Double.self)
    }
    guard case .illConditioned(let number)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(number > 1e13 && number < 1e15)
    #expect(error!.description.contains("condition number"))
    // A little l2 makes it well-posed.
    #expect(try Trainer(loss: SquaredError(), penalty: L2(1e-6)).fit(data, as: Double.self).objective > 0)
  }

  @Test("equal columns share the weight: of all solutions the shortest")
  func shortest() throws {
    let set = NISTSet(name: "Norris", digits: 12.2)
    let data = set.data
    var x = [Double](repeating: 0, count: data.rows)
    var span = x.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    let twice = x.flatMap { [$0, $0] }
    let fit = try Trainer(loss: SquaredError(), penalty: NoPenalty()).fit(
      Dataset(
        features: DenseStorage(rows: data.rows, columns: 2, elements: twice[...]), targets: data.targets),
      as: Double.self)
    let w = Array(fit.model.templates!.elements)
    #expect(abs(w[0] - w[1]) <= 1e-12)
    #expect(set.digits([fit.model.biases![0], w[0] + w[1]]) >= 10)
  }
}
