import ArgumentParser
import Descent

/// Where standard errors come from.
struct InferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "information: by the loss's curvature, as its noise has it. hc0, hc1: from the rows' own residuals, whatever their variance; hc1 with n/(n - p).",
      valueName: "name"),
    transform: { text in
      // Groups come with the name of their column.
      guard let kind = Inference.Covariance(rawValue: text), kind != .clustered else {
        throw ValidationError("give information, hc0 or hc1")
      }
      return kind
    })
  var covariance: Inference.Covariance?

  @Option(
    help: ArgumentHelp(
      "The column that tells which rows may depend on each other, such as those of one person: their residuals are summed up first.",
      valueName: "column"))
  var cluster: String?

  func validate() throws {
    try Usage.require(
      cluster == nil || covariance == nil,
      "--cluster takes the standard errors from the groups' residuals: --covariance and it exclude each other"
    )
  }

  var kind: Inference.Covariance { cluster != nil ? .clustered : covariance ?? .information }
}
