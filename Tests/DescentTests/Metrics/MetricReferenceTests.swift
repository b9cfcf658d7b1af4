import Descent
import LinearAlgebra
import Testing

@Suite("Metrics are scikit-learn's to 1e-12")
struct MetricReferenceTests {
  @Test(arguments: MetricReferences.all.two)
  func twoClasses(_ reference: MetricReferences.TwoClasses) throws {
    let ranking = reference.ranking
    #expect(differences(ranking.metrics, reference.metrics) == [])
    let scores = ranking.positives + ranking.negatives
    if let weighted = reference.weighted {
      #expect(differences(ranking.metrics { MetricReferences.weight(scores[$0]) }, weighted) == [])
    } else {
      #expect(scores.allSatisfy { MetricReferences.weight($0) == 0 })
    }
    if reference.meaning == "probability" {
      let bins = try #require(ranking.reliability()).bins.filter { $0.rows > 0 }
      #expect(bins.map(\.rows) == reference.binRows)
      #expect(areNear(bins.map { $0.frequency! }, reference.frequency!))
      #expect(areNear(bins.map { $0.meanProbability! }, reference.meanProbability!))
    }
    if reference.meaning == "margin" { #expect(ranking.reliability() == nil) }
  }

  @Test(arguments: MetricReferences.all.two.filter { $0.thresholds != nil })
  func thresholds(_ reference: MetricReferences.TwoClasses) {
    let ranking = reference.ranking
    let points = reference.thresholds!.map(ranking.operatingPoint)
    #expect(points.map(\.score) == reference.thresholds!)
    #expect(areNear(points.map { $0.precision! }, reference.precisions!))
    #expect(areNear(points.map { $0.recall! }, reference.recalls!))
    #expect(abs(ranking.bestF1!.f1! - reference.bestF1!) < 1e-12)
    let cheapest = ranking.leastCost(falsePositive: 1, falseNegative: 5)
    #expect(abs(cheapest.cost(falsePositive: 1, falseNegative: 5) - reference.leastCost!) < 1e-9)
  }

  /// Through a model whose scores are its features.
  @Test(arguments: MetricReferences.all.classes)
  func moreClasses(_ reference: MetricReferences.Classes) {
    let classes = reference.scores[0].count
    let names = (0..<classes).map { "\($0)" }
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: classes, outputs: classes),
      parameters: Array(Matrix<Double>.identity(classes).elements) + Array(repeating: 0, count: classes),
      classNames: names, lossName: "softmax")
    let data = Dataset(
      features: Matrix(reference.scores).storage, targets: .labels(reference.labels), classNames: names)
    let evaluation = model.evaluate(on: data)
    #expect(differences(evaluation.metrics, reference.metrics) == [])
    #expect(abs(evaluation.metrics[.logLoss]! - evaluation.loss) < 1e-12)
  }

  @Test(arguments: MetricReferences.all.numbers)
  func numbers(_ reference: MetricReferences.Numbers) {
    let residuals = Residuals(predictions: reference.predictions, targets: reference.targets)
    #expect(differences(residuals.metrics, reference.metrics) == [])
    if let weighted = reference.weighted {
      let weight = { MetricReferences.weight(reference.predictions[$0]) }
      #expect(differences(residuals.metrics(weight: weight), weighted) == [])
    }
    let places = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    #expect(areNear(residuals.quantiles(places)!, reference.quantiles))
    if let bias = reference.bias { #expect(areNear(residuals.bias().map(\.bias), bias)) }
  }

  @Test(arguments: MetricReferences.all.numbers)
  func theBaselineOfNumbersIsTheMean(_ reference: MetricReferences.Numbers) {
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [1, 0], classNames: [],
      lossName: "squared")
    let rows = reference.predictions.count
    let data = Dataset(
      features: Matrix(rows: rows, columns: 1, elements: reference.predictions), values: reference.targets)
    let evaluation = model.evaluate(on: data)
    #expect(differences(evaluation.metrics, reference.metrics) == [])
    var expected = reference.baseline
    expected["r2"] = Double?.none
    // About the mean, which is rounded as numbers of its size are.
    #expect(differences(evaluation.baseline, expected, size: reference.targets.map(abs).max()!) == [])
  }
}
