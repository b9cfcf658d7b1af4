import LinearAlgebra
import Testing

@testable import Descent

/// A table made by a formula where it is read, so that it may have many rows.
private struct FormulaTable: FeatureStorage {
  let rows: Int
  /// Numbers without a usual value.
  let numbers: Int
  /// Indicators, by the share of rows that have a one.
  let shares: [Double]
  /// Whether indicators are brought to a deviation of 1.
  var isStandardised = true
  var columns: Int { numbers + shares.count }

  /// In 0..<1.
  private func random(_ row: Int, _ column: Int) -> Double {
    var z = UInt64(row * 1_000_003 + column) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
  }

  private func value(_ row: Int, _ column: Int) -> Double {
    guard column >= numbers else { return 3.4 * random(row, column) - 1.7 }
    let share = shares[column - numbers]
    let one = random(row, column) < share ? 1.0 : 0
    return isStandardised ? (one - share) / (share * (1 - share)).squareRoot() : one
  }

  func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    let all = Array(range)
    gather(all.span, into: &buffer)
  }

  func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    for i in indices.indices {
      for j in 0..<columns { buffer[i * columns + j] = Element(value(indices[i], j)) }
    }
  }

  func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<Element>? {
    nil
  }

  func selecting(_ indices: [Int]) -> any FeatureStorage {
    var numbers = [Float](repeating: 0, count: indices.count * columns)
    var span = numbers.mutableSpan
    gather(indices.span, into: &span)
    return Matrix(rows: indices.count, columns: columns, elements: numbers).storage
  }

  func outline(
    _ loss: any Loss, outputs: Int, l2: Double = 1e-4, hasIntercept: Bool = true
  ) -> ProblemOutline {
    ProblemOutline(
      self, loss: loss, penalty: L2(l2), isLinear: true, outputs: outputs, hasIntercept: hasIntercept)
  }
}

@Suite("What Newton's steps cost on tables")
struct SmoothCostTests {
  /// Of 40 and 4 categories, most of which are rare.
  private static let soils =
    (1...40).map { max(0.004, 0.6 / Double($0 * $0)) } + [0.449, 0.051, 0.436, 0.064]

  @Test("the choice on tall tables")
  func choices() {
    func choice(_ outline: ProblemOutline) -> String {
      let choice = Automatic().choice(for: outline)
      return "\(choice.solver.name): \(choice.reason)"
    }
    let forest = FormulaTable(rows: 464_809, numbers: 10, shares: Self.soils)
    #expect(
      choice(forest.outline(Softmax(), outputs: 7)).hasPrefix("newton: a smooth loss without l1 and few"))
    // L-BFGS took eleven times as long as Newton's steps.
    var unscaled = forest
    unscaled.isStandardised = false
    #expect(
      choice(unscaled.outline(Softmax(), outputs: 7)).hasPrefix(
        "newton: a smooth loss without l1 and columns"))
    // What any sample holds enough of.
    for shares in [[], [0.3]] {
      let tall = FormulaTable(rows: 2_000_000, numbers: 28, shares: shares)
      #expect(choice(tall.outline(Logistic(), outputs: 1, l2: 1e-5)).hasPrefix("lbfgs: a smooth loss"))
    }
    // Exact steps would cost more than they gain, and are not promised.
    let wide = FormulaTable(rows: 100_000, numbers: 90, shares: Array(repeating: 0.004, count: 10))
    #expect(choice(wide.outline(Softmax(), outputs: 7)).hasPrefix("lbfgs"))
  }

  @Test("exact Hessians are promised where they are formed", arguments: [1, 7], [true, false])
  func promises(outputs: Int, isStandardised: Bool) throws {
    let loss: any CurvedLoss = outputs == 1 ? Logistic() : Softmax()
    var found: Set<Bool> = []
    for (numbers, shares) in [(10, Self.soils), (10, [0.3]), (10, []), (60, [0.001]), (2, [0.001])] {
      for hasIntercept in [true, false] {
        let rows = 24_000
        let objective = DataObjective<Float>(
          model: LinearModel(inputs: numbers + shares.count, outputs: outputs, hasIntercept: hasIntercept),
          loss: loss, penalty: L2(1e-4),
          features: FormulaTable(
            rows: rows, numbers: numbers, shares: shares, isStandardised: isStandardised),
          targets: .labels((0..<rows).map { Int32($0 % max(2, outputs)) }[...]), threads: 1)
        let isFormed = TallProblem(try CurvedProblem(objective), seed: 0) != nil
        #expect((SmoothCost(objective.outline)?.isExact ?? false) == isFormed, "\(numbers), \(shares.count)")
        found.insert(isFormed)
      }
    }
    #expect(found == [true, false])
  }

  @Test("what no row looked at differs in is measured on all rows")
  func unseen() {
    func usual(_ share: Double, _ isStandardised: Bool) -> UsualValues {
      UsualValues(
        of: FormulaTable(rows: 20_000, numbers: 1, shares: [share], isStandardised: isStandardised),
        isCentred: true)
    }
    let (far, near) = (usual(0.0003, true), usual(0.0003, false))
    #expect(far.rare == [1] && far.others == [0] && near.others == [0])
    #expect(abs(far.squares[0] - 1) < 0.5 && abs(near.squares[0] - 0.0003) < 0.0002)
    #expect(far.hasDecisiveSeldom(l2: 1e-4) && near.hasSeldom && !near.hasDecisiveSeldom(l2: 1e-4))
    #expect(near.hasDecisiveSeldom(l2: 1e-9))
    // A constant column has nothing to decide.
    #expect(!usual(0, false).hasDecisiveSeldom(l2: 1e-300))
  }
}
