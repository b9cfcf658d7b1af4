import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite struct EvaluationMetricsTests {
  /// A model whose scores are its features, and rows of them.
  private static func evaluation(_ scores: [[Double]], _ labels: [Int32], classes: Int = 2, loss: String)
    -> Evaluation
  {
    let names = (0..<classes).map { "c\($0)" }
    let outputs = scores[0].count
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: outputs, outputs: outputs),
      parameters: Array(Matrix<Double>.identity(outputs).elements) + Array(repeating: 0, count: outputs),
      classNames: names, lossName: loss)
    return model.evaluate(
      on: Dataset(features: Matrix(scores).storage, targets: .labels(labels), classNames: names))
  }

  /// One score, two scores of softmax and two of a hinge rank the rows alike; a hinge gives no probabilities.
  @Test func theScoreOfTwoClassesIsTheirDistance() {
    let (odds, labels): ([Double], [Int32]) = ([2, -1, 0.5, -0.25, 1], [1, 0, 0, 1, 1])
    let one = Self.evaluation(odds.map { [$0] }, labels, loss: "logistic").metrics
    let two = Self.evaluation(odds.map { [3 - $0 / 2, 3 + $0 / 2] }, labels, loss: "softmax").metrics
    let hinge = Self.evaluation(odds.map { [3 - $0 / 2, 3 + $0 / 2] }, labels, loss: "hinge").metrics
    #expect(one.count == 15 && Set(two.keys) == Set(one.keys))
    for (metric, value) in one { #expect(abs(two[metric]! - value) < 1e-15, "\(metric)") }
    for metric in [Metric.logLoss, .brierScore, .calibrationError] { #expect(hinge[metric] == nil) }
    #expect(hinge == one.filter { hinge.keys.contains($0.key) } && hinge.count == 12)
    #expect(hinge[.rocAUC] == 5.0 / 6)
  }

  @Test func theBaselineAnswersTheMostFrequentClass() {
    let evaluation = Self.evaluation([[1], [-1], [0.5], [-2], [-3]], [1, 0, 0, 0, 1], loss: "logistic")
    let baseline = evaluation.baseline
    #expect(evaluation.mostFrequentClass == 0)
    #expect(baseline[.accuracy] == 0.6 && baseline[.rocAUC] == 0.5 && baseline[.averagePrecision] == 0.4)
    #expect(abs(baseline[.logLoss]! - 0.6730116670092565) < 1e-15)  // −0.6·ln 0.6 − 0.4·ln 0.4
    #expect(abs(baseline[.brierScore]! - 0.24) < 1e-15)
    #expect(baseline[.macroRecall] == 0.5 && baseline[.recall] == 0 && baseline[.precision] == nil)
    #expect(baseline[.calibrationError] == nil)
    #expect(Set(baseline.keys).isSubset(of: evaluation.metrics.keys))
  }

  /// No constant has better shares than those of the rows: the baseline is what the best constant model is measured as.
  @Test func aConstantModelIsTheBaseline() {
    let labels: [Int32] = [0, 1, 1, 2, 3, 3, 3, 4, 5, 6]
    let shares = (0..<7).map { c in Double(labels.count { $0 == c }) / 10 }
    let evaluation = Self.evaluation(
      labels.map { _ in shares.map { log($0) } }, labels, classes: 7, loss: "softmax")
    let (metrics, baseline) = (evaluation.metrics, evaluation.baseline)
    #expect(Set(metrics.keys) == Set(baseline.keys) && metrics.count == 9)
    for (metric, value) in metrics { #expect(abs(baseline[metric]! - value) < 1e-14, "\(metric)") }
  }

  /// Of equal scores the first are the best five, as the first is the answer.
  @Test func tiesOfManyClasses() {
    let labels = (0..<8).map { Int32($0) }
    let evaluation = Self.evaluation(
      labels.map { _ in .init(repeating: 1, count: 8) }, labels, classes: 8, loss: "hinge")
    #expect(evaluation.metrics[.topFiveAccuracy] == 5.0 / 8)
    #expect(evaluation.metrics[.accuracy] == 1.0 / 8 && evaluation.metrics[.logLoss] == nil)
  }

  /// A class that is sure to be wrong has a finite loss, though its probability is 0 in Double.
  @Test func theLossOfASureMistakeIsItsDistance() {
    let evaluation = Self.evaluation([[0, 1000, 0], [0, 0, 5]], [0, 2], classes: 3, loss: "softmax")
    #expect(abs(evaluation.metrics[.logLoss]! - evaluation.loss) < 1e-12 && evaluation.loss > 500)
  }

  @Test func theWorstClasses() {
    var confusion = Confusion(classNames: ["a", "b", "c", "d", "e"])
    for (actual, predicted, rows) in [(0, 0, 5), (1, 0, 2), (2, 0, 3), (3, 3, 1), (3, 2, 1)] {
      for _ in 0..<rows { confusion.count(actual: actual, predicted: predicted) }
    }
    #expect(confusion.classRows == [5, 2, 3, 2, 0])
    // c and b are never told; a and d have two thirds. Of equals the one of more rows is first.
    #expect(confusion.worstClasses(10) == [2, 1, 0, 3] && confusion.worstClasses(1) == [2])
  }

  @Test func predictionsThatAreEqualStayInOneBin() {
    let residuals = Residuals(
      predictions: [1, 3, 3, 3, 3, 3, 3, 3, 2, 9], targets: [0, 3, 3, 3, 3, 3, 3, 4, 2.5, 9])
    let bins = residuals.bias(bins: 5)
    #expect(bins.map(\.rows) == [2, 7, 1])
    #expect(bins.map(\.lowest) == [1, 3, 9] && bins.map(\.highest) == [2, 3, 9])
    #expect(bins.map(\.bias) == [0.25, -1.0 / 7, 0])
    #expect(Residuals(predictions: [], targets: []).bias().isEmpty)
  }

  /// Neither ranks nor errors are known where a score is not a number; what else was measured is told.
  @Test func scoresThatAreNotNumbers() {
    let evaluation = Self.evaluation([[.infinity], [1]], [0, 1], loss: "logistic")
    #expect(evaluation.ranking != nil)
    let lost = Self.evaluation([[.infinity, .infinity], [1, 2]], [0, 1], loss: "softmax")
    #expect(lost.ranking == nil && lost.metrics[.rocAUC] == nil && lost.metrics[.accuracy] == 1)
  }
}
