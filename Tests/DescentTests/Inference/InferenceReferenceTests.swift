import Descent
import Foundation
import Testing

@Suite("Inference that others made too")
struct InferenceReferenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let loss: any Loss
    var kind = Inference.Covariance.information
    var hasIntercept = true
    var weights: (@Sendable (InferenceReferences) -> [Double])?
    var offsets: (@Sendable (InferenceReferences) -> [Double])?
    var testDescription: String { name }
  }

  private static let logExposure: @Sendable (InferenceReferences) -> [Double] = {
    $0.exposure.map { log($0) }
  }

  static let cases: [Case] = [
    Case(name: "squared", loss: SquaredError()),
    Case(name: "squared without intercept", loss: SquaredError(), hasIntercept: false),
    Case(name: "squared weighted", loss: SquaredError(), weights: { $0.weight }),
    Case(name: "squared hc0", loss: SquaredError(), kind: .hc0),
    Case(name: "squared hc1", loss: SquaredError(), kind: .hc1),
    Case(name: "squared weighted hc1", loss: SquaredError(), kind: .hc1, weights: { $0.weight }),
    Case(name: "squared clustered", loss: SquaredError(), kind: .clustered),
    Case(name: "logistic", loss: Logistic()),
    Case(name: "logistic hc0", loss: Logistic(), kind: .hc0),
    Case(name: "logistic clustered", loss: Logistic(), kind: .clustered),
    Case(name: "logistic weighted", loss: Logistic(), weights: { $0.count_weight }),
    Case(name: "softmax", loss: Softmax()),
    Case(name: "softmax hc0", loss: Softmax(), kind: .hc0),
    Case(name: "poisson", loss: Poisson(), offsets: logExposure),
    Case(name: "poisson hc0", loss: Poisson(), kind: .hc0, offsets: logExposure),
    Case(name: "poisson clustered", loss: Poisson(), kind: .clustered, offsets: logExposure),
  ]

  /// From a model in Float, of a rough tolerance: neither is in the numbers.
  @Test("statsmodels agrees to 1e-8", arguments: cases) func statsmodels(_ each: Case) throws {
    let references = InferenceReferences.all
    var data = references.data(each.loss)
    data.weights = each.weights?(references)
    data.offsets = each.offsets?(references)
    if each.kind == .clustered { data.groups = references.group }
    let model = try Trainer(loss: each.loss, penalty: NoPenalty(), fitsIntercept: each.hasIntercept)
      .fit(data, as: Float.self).model
    let found = try model.inference(on: data, covariance: each.kind)
    let expected = try #require(references.results[each.name])
    for (values, wanted) in [
      (found.coefficients.map(\.estimate), expected.estimates),
      (found.coefficients.map(\.standardError), expected.errors),
      (found.coefficients.map(\.statistic), expected.statistics),
      (found.coefficients.map(\.pValue), expected.p),
      (found.coefficients.map(\.interval.lowerBound), expected.lower),
      (found.coefficients.map(\.interval.upperBound), expected.upper),
    ] { #expect(greatestRelativeError(values, wanted) < 1e-8, "\(values) \(wanted)") }
    let fit = found.fit
    for (value, wanted) in [
      (fit.logLikelihood, expected.log_likelihood), (fit.nullLogLikelihood, expected.null_log_likelihood),
      (fit.aic, expected.aic), (fit.bic, expected.bic), (fit.deviance, expected.deviance),
      (fit.nullDeviance, expected.null_deviance), (fit.dispersion, expected.dispersion),
      (fit.pearson, expected.pearson), (fit.rSquared, expected.r2),
    ] {
      guard let wanted else { continue }
      #expect(abs(try #require(value) - wanted) <= 1e-8 * abs(wanted))
    }
  }

  /// The features in units of their spread, as a training has them where nothing else is said.
  @Test("NumPy's formulas of ridge agree", arguments: [SquaredError(), Logistic(), Softmax()] as [any Loss])
  func ridge(_ loss: any Loss) throws {
    let references = InferenceReferences.all
    let expected = try #require(references.ridges[loss.name])
    let data = references.data(loss)
    let model = try Trainer(loss: loss, penalty: L2(expected.l2)).fit(data, as: Float.self).model
    let found = try model.inference(on: data)
    #expect(found.l2 == expected.l2)
    #expect(abs(found.parameters - expected.parameters) < 1e-8)
    #expect(greatestRelativeError(found.coefficients.map(\.estimate), expected.estimates) < 1e-8)
    #expect(greatestRelativeError(found.coefficients.map(\.standardError), expected.errors) < 1e-8)
  }

  /// To as many digits as sums of squares leave of the coefficients' own.
  @Test("NIST's certified standard errors", arguments: NISTSet.all) func certified(_ set: NISTSet) throws {
    let fit = try Trainer(
      loss: SquaredError(), penalty: NoPenalty(), fitsIntercept: set.hasIntercept
    ).fit(set.data, as: Double.self)
    func inference() throws -> Inference { try fit.model.inference(on: set.data) }
    switch set.name {
    case "Filip": #expect(throws: InferenceError.self) { try inference() }
    case "Wampler1", "Wampler2": #expect(throws: InferenceError.perfectFit) { try inference() }
    default:
      let errors = try inference().coefficients.map(\.standardError)
      #expect(greatestRelativeError(errors, set.certifiedErrors) < 1e-8, "\(errors)")
    }
  }
}
