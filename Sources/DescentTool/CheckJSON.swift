import Descent

/// What `check` found, for programs.
struct CheckJSON {
  private let trainer: Trainer
  private let rows: Dataset
  private let report: GradientReport
  private let findings: [Finding]

  init(_ trainer: Trainer, _ rows: Dataset, _ report: GradientReport, _ findings: [Finding]) {
    (self.trainer, self.rows, self.report, self.findings) = (trainer, rows, report, findings)
  }

  var object: JSONValue {
    .object([
      "rows": .count(rows.rows), "features": .count(rows.columns),
      "classes": .count(rows.classNames.isEmpty ? nil : rows.classes),
      "settings": Recipe(trainer).object,
      "gradient": .object([
        "passes": .flag(report.passes()), "relative_error": .number(report.relativeError),
        "directions": .count(report.directions.count), "coordinates": .count(report.coordinates.count),
        "kinks": .count(report.kinks.count), "worst": .list(report.worst(3).map { .text($0.name) }),
      ]),
      "findings": .list(findings.map(object)),
    ])
  }

  private func object(_ finding: Finding) -> JSONValue {
    .object([
      "name": .text(finding.name), "verdict": .text(finding.verdict.rawValue),
      "sentence": .text(finding.sentence), "remedy": .text(finding.remedy?.text(naming: Usage.option)),
    ])
  }
}
