import Descent
import DescentPictures

/// Where a model of numbers errs: by the prediction, and how far.
struct ResidualBlocks {
  private let residuals: Residuals

  init(_ residuals: Residuals) { self.residuals = residuals }

  private var bins: [Residuals.Bin] { residuals.bias(bins: 20) }

  var targets: LineChart {
    LineChart(
      "What came, where this was predicted: the mean of each twentieth of the rows", x: "prediction",
      y: "target",
      lines: [
        LineChart.Line("mean target", bins.map { ($0.meanPrediction, $0.meanTarget) }),
        LineChart.Line("as predicted", bins.map { ($0.meanPrediction, $0.meanPrediction) }),
      ])
  }

  var bias: LineChart {
    LineChart(
      "Prediction less target by the prediction", x: "prediction", y: "mean error",
      lines: [
        LineChart.Line("bias", bins.map { ($0.meanPrediction, $0.bias) }),
        LineChart.Line("none", bins.map { ($0.meanPrediction, 0) }),
      ])
  }

  var blocks: [Report.Block] {
    let deciles = residuals.bias().map { bin in
      [
        "\(format(bin.lowest, 4)) to \(format(bin.highest, 4))", "\(bin.rows)", format(bin.meanPrediction, 4),
        format(bin.meanTarget, 4), format(bin.bias, 3),
      ]
    }
    var blocks: [Report.Block] = [
      .heading("Where it errs"), .charts([targets, bias]),
      .table(
        Report.Table(
          "By tenths of the predictions",
          header: ["prediction", "rows", "mean prediction", "mean target", "bias"], rows: deciles)),
    ]
    if let quantiles = residuals.quantiles(Measures.quantiles) {
      let rows = zip(Measures.quantiles, quantiles).map { ["\(format(100 * $0, 3)) %", format($1, 4)] }
      blocks.append(
        .table(
          Report.Table(
            "Target less prediction: the share of the rows that has no more", header: ["share", "residual"],
            rows: rows)))
    }
    return blocks
  }
}
