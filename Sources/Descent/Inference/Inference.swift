public import LinearAlgebra

/// What chance has to do with the coefficients of a linear model: standard errors, tests and intervals, and how well the
/// model fits.
///
/// ```swift
/// let model = try Trainer(loss: Logistic(), penalty: NoPenalty()).fit(data).model
/// for c in try model.inference(on: data).coefficients { print(c.estimate, c.standardError, c.pValue) }
/// ```
///
/// A row's weight is what its noise's variance is divided by, Var(yᵢ) = φ·V(μᵢ)/wᵢ, as in R's `lm` and `glm`. So of classes and
/// counts, whose φ is 1, a weight of 2 is the row twice; of numbers, whose φ the residuals tell, the weights' unit leaves no
/// trace, and degrees of freedom count each row once. In the sandwich of ``Covariance/hc0`` a row is one observation,
/// whatever its weight, as rows of a survey are.
public struct Inference: Sendable {
  /// One coefficient, in the units of the data.
  public struct Coefficient: Sendable, Equatable {
    /// The score that it is part of: a class, where there are more than two, or 0.
    public let output: Int
    /// The feature's number, from 0; nil of an intercept.
    public let feature: Int?
    /// The optimum on these rows, which the model's own weight is within its training's tolerance of.
    public let estimate: Double
    /// In the coefficient's own unit: the root of its place on the diagonal of ``Inference/covariance``.
    public let standardError: Double
    /// estimate/standardError
    public let statistic: Double
    /// How likely a statistic as large or larger is, of either sign, where the coefficient is 0 in truth.
    public let pValue: Double
    /// estimate ± q·standardError; Student's or the normal distribution has ``Inference/level`` between −q and q.
    public let interval: ClosedRange<Double>
  }

  /// Where the standard errors come from.
  public enum Covariance: String, Sendable, CaseIterable {
    /// From the information F, which the loss's curvature tells: φ·F⁻¹, and φ·H⁻¹·F·H⁻¹ with H = F + the penalty's curvature
    /// for ridge. (Hoerl and Kennard, Ridge regression, Technometrics 12, 1970, eq. 4.2; of classes: le Cessie and van
    /// Houwelingen, Ridge estimators in logistic regression, Applied Statistics 41, 1992, section 3.)
    case information
    /// From the rows' own slopes, whatever their variance: H⁻¹·(Σ wᵢ²·gᵢ·gᵢᵀ)·H⁻¹. (White, A heteroskedasticity-consistent
    /// covariance matrix estimator, Econometrica 48, 1980.)
    case hc0
    /// The same times n/(n − p).
    case hc1
    /// The same with the slopes summed by ``Dataset/groups``, whose rows may depend on each other, times
    /// G/(G − 1)·(n − 1)/(n − p). (Liang and Zeger, Longitudinal data analysis using generalized linear models,
    /// Biometrika 73, 1986.)
    case clustered
  }

  /// A class after the other, the intercept first and then the features. Without features that say nothing of their own:
  /// ``references`` and constant ones.
  public let coefficients: [Coefficient]
  /// Of the coefficients, in their order.
  public let covariance: Matrix<Double>
  /// What ``covariance`` comes from, and with it each standard error, p-value and interval.
  public let kind: Covariance
  /// What the intervals cover.
  public let level: Double
  /// The class that the others are compared with, where there is a score for each; the coefficients are differences then.
  public let referenceClass: Int?
  /// A category of each column of them that the others are compared with, where no penalty tells them apart.
  public let references: [Int]
  /// The rows that count: those with a weight above 0.
  public let rows: Int
  /// How many ``Dataset/groups`` these rows are of; nil unless standard errors are by groups.
  public let clusters: Int?
  /// Of Student's distribution, which statistics of numbers follow; nil where they are taken for normal.
  public let degreesOfFreedom: Double?
  /// Coefficients that were fitted: their number p, or with a ridge tr(H⁻¹·F).
  public let parameters: Double
  /// The l2 that the coefficients are shrunken by; 0 for none. Then their standard errors are those of shrunken estimates:
  /// how far they stand from the truth for being shrunken is in neither intervals nor p-values.
  public let l2: Double
  /// At the estimates, by ``parameters`` coefficients; the penalty is in none of its numbers.
  public let fit: GoodnessOfFit
  /// The largest distance of a coefficient of the model from its estimate, in standard errors.
  public let distance: Double
}

/// How well a model explains the rows that it was fitted to.
public struct GoodnessOfFit: Sendable, Equatable {
  /// Σ w·log(likelihood). Nil, as all that follows from it, where the loss is no likelihood, such as Huber's.
  public let logLikelihood: Double?
  /// That of the best intercept alone, or of no coefficient where there is no intercept.
  public let nullLogLikelihood: Double?
  /// 2·Σ w·loss, of losses whose least is 0: for numbers the sum of squared residuals.
  public let deviance: Double?
  /// The deviance of the best intercept alone, or of no coefficient where there is no intercept.
  public let nullDeviance: Double?
  /// φ: the variance of a residual of weight 1, or 1 where it follows from the mean.
  public let dispersion: Double?
  /// Σ w·(y − μ)²/V(μ) of models of one score; over n − p it is near 1 where counts vary as their loss has it.
  public let pearson: Double?
  /// The rows less the coefficients; of classes and counts, where a row of weight 2 is two, the sum of the weights less these.
  public let residualDegrees: Double
  /// 2p − 2·logLikelihood, p being ``Inference/parameters``, without the dispersion. (Akaike, A new look at the statistical
  /// model identification, IEEE Transactions on Automatic Control 19, 1974.)
  public let aic: Double?
  /// log(n)·p − 2·logLikelihood with the same p, n the weights' sum of classes and counts, and the rows of numbers. (Schwarz,
  /// Estimating the dimension of a model, Annals of Statistics 6, 1978.)
  public let bic: Double?
  /// R² of numbers; of others 1 − logLikelihood/nullLogLikelihood (McFadden).
  public let rSquared: Double?
}
