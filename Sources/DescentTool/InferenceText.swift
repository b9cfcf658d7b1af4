import Descent
import DescentPictures
import Foundation
import LinearAlgebra

/// A table of coefficients as people read it.
struct InferenceText<Element: KernelScalar> {
  private let inference: Inference
  private let model: TrainedModel<Element>

  init(_ inference: Inference, of model: TrainedModel<Element>) {
    (self.inference, self.model) = (inference, model)
  }

  var text: String {
    ([head, remarks] + tables).map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var head: [String] {
    let fit = inference.fit
    var rows = [
      (name: "rows", text: "\(inference.rows)" + (inference.clusters.map { " in \($0) groups" } ?? ""))
    ]
    func add(_ name: String, _ value: Double?, _ words: String = "") {
      if let value { rows.append((name, format(value, 8) + words)) }
    }
    add("coefficients", inference.parameters, inference.l2 > 0 ? ", effective: tr(H⁻¹F)" : "")
    add(
      "log-likelihood", fit.logLikelihood,
      fit.nullLogLikelihood.map { " (without features \(format($0, 8)))" } ?? "")
    add("AIC", fit.aic)
    add("BIC", fit.bic)
    add("deviance", fit.deviance, fit.nullDeviance.map { " (without features \(format($0, 8)))" } ?? "")
    if model.classNames.isEmpty {
      add("dispersion", fit.dispersion, fit.dispersion == 1 ? ", as the loss has it" : "")
      if inference.degreesOfFreedom == nil, let pearson = fit.pearson {
        let share = pearson / fit.residualDegrees
        add(
          "Pearson", pearson,
          " (\(format(share, 4)) a degree of freedom: near 1 where counts vary as the loss has it)")
      }
    }
    add(model.classNames.isEmpty && inference.degreesOfFreedom != nil ? "R²" : "pseudo R²", fit.rSquared)
    return labelled(rows, least: 14)
  }

  private var remarks: [String] {
    let source =
      switch inference.kind {
      case .information: "from the information"
      case .hc0: "from the residuals (HC0)"
      case .hc1: "from the residuals (HC1)"
      case .clustered: "from the residuals of groups"
      }
    let law =
      inference.degreesOfFreedom.map { "Student's t of \(format($0, 6)) degrees of freedom" }
      ?? "the normal distribution"
    var lines = [
      "standard errors \(source); tests and intervals (\(format(100 * inference.level, 4)) %) by \(law)"
    ]
    if inference.l2 > 0 {
      lines.append(
        "the coefficients are shrunken by l2 \(format(inference.l2, 4)): how far that moves them from the truth is in no error or interval"
      )
    }
    if !inference.references.isEmpty {
      lines.append(
        "compared with \(inference.references.map { model.allFeatureNames[$0] }.joined(separator: ", ")), which the others of the column tell"
      )
    }
    if inference.distance > 0.1 {
      lines.append(
        "the model's own weights are up to \(format(inference.distance, 3)) standard errors from these estimates, its training's tolerance: a smaller --tolerance brings them nearer"
      )
    }
    return lines
  }

  private var tables: [[String]] {
    let letter = inference.degreesOfFreedom == nil ? "z" : "t"
    let half = (1 - inference.level) / 2
    let header = [
      "estimate", "std. error", letter, "P>|\(letter)|", format(half, 4), format(1 - half, 4),
    ]
    let outputs = Dictionary(grouping: inference.coefficients, by: \.output).inOrder
    let names = ShortNames(model.allFeatureNames, columns: 40).texts
    return outputs.map { output, coefficients in
      aligned(
        [[title(output)] + header]
          + coefficients.map {
            [
              $0.feature.map { names[$0] } ?? "intercept",
              format($0.estimate, 6), format($0.standardError, 6), String(format: "%.3f", $0.statistic),
              Self.probability($0.pValue), format($0.interval.lowerBound, 6),
              format($0.interval.upperBound, 6),
            ]
          })
    }
  }

  private func title(_ output: Int) -> String {
    guard !model.classNames.isEmpty else { return shortened(output, of: model.outputNames, to: 24) }
    let reference = inference.referenceClass ?? 0
    let other = model.classNames.count == model.architecture.outputs ? output : 1
    let names = ShortNames(model.classNames, columns: 24).texts
    return "'\(names[other])' against '\(names[reference])'"
  }

  /// Three digits after the point; small ones by their size.
  private static func probability(_ value: Double) -> String {
    value < 0.0005 ? format(value, 2) : String(format: "%.3f", value)
  }
}
