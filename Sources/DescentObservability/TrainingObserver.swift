#if Observability
  public import Descent
  public import Logging
  public import Metrics

  /// Tells a service's log and metrics how a training goes, in the words of swift-log and swift-metrics.
  ///
  /// ```swift
  /// let observer = TrainingObserver("churn", logger: logger)
  /// let fit = try await trainer.fit(data, as: Float.self, observer: observer.observe)
  /// observer.finish(fit)
  /// ```
  ///
  /// | Metric | is |
  /// |---|---|
  /// | `descent_training_objective`, `_loss`, `_gap`, `_held_out_loss`, `_passes` | gauges: the last milestone's numbers |
  /// | `descent_training_seconds` | a timer: whole trainings |
  /// | `descent_trainings_total` | a counter, by `stop_reason` |
  ///
  /// Each has the dimension `training`. A milestone is a line of the log at the level debug, and the end one at info. This module is
  /// empty, and neither package is fetched, unless the trait `Observability` of the package is on.
  public struct TrainingObserver: Sendable {
    private let name: String
    private let logger: Logger
    private let factory: any MetricsFactory
    private let objective, loss, gap, heldOutLoss, passes: Gauge

    /// - Parameters:
    ///   - name: of the training, among those of the service.
    ///   - logger: where its lines go.
    ///   - factory: what makes the metrics.
    public init(_ name: String, logger: Logger, factory: any MetricsFactory = MetricsSystem.factory) {
      (self.name, self.logger, self.factory) = (name, logger, factory)
      func gauge(_ what: String) -> Gauge {
        Gauge(label: "descent_training_\(what)", dimensions: [("training", name)], factory: factory)
      }
      (objective, loss, gap) = (gauge("objective"), gauge("loss"), gauge("gap"))
      (heldOutLoss, passes) = (gauge("held_out_loss"), gauge("passes"))
    }

    /// What a training's observer is: see ``Descent/Trainer``.
    public func observe(_ milestone: Milestone) {
      objective.record(milestone.objective)
      passes.record(milestone.passes)
      for (gauge, value) in [
        (loss, milestone.loss), (gap, milestone.gap), (heldOutLoss, milestone.heldOutLoss),
      ] {
        if let value { gauge.record(value) }
      }
      logger.debug("training", metadata: metadata(milestone))
    }

    /// The end of a training.
    public func finish<Element>(_ fit: Fit<Element>) {
      Timer(label: "descent_training_seconds", dimensions: [("training", name)], factory: factory)
        .recordSeconds(fit.seconds)
      Counter(
        label: "descent_trainings_total",
        dimensions: [("training", name), ("stop_reason", fit.stopReason.rawValue)], factory: factory
      ).increment()
      var metadata = fit.history.last.map(metadata) ?? ["training": "\(name)"]
      metadata["objective"] = "\(fit.objective)"
      metadata["stop_reason"] = "\(fit.stopReason.rawValue)"
      metadata["proved"] = "\(fit.isProved)"
      logger.info("trained", metadata: metadata)
    }

    /// The end of one that made no model.
    public func finish(_ error: TrainingError) {
      Counter(
        label: "descent_trainings_total", dimensions: [("training", name), ("stop_reason", "failed")],
        factory: factory
      ).increment()
      logger.error("not trained", metadata: ["training": "\(name)", "reason": "\(error)"])
    }

    private func metadata(_ milestone: Milestone) -> Logger.Metadata {
      var metadata: Logger.Metadata = [
        "training": "\(name)", "passes": "\(milestone.passes)", "seconds": "\(milestone.seconds)",
        "objective": "\(milestone.objective)",
      ]
      if let gap = milestone.gap { metadata["gap"] = "\(gap)" }
      if let loss = milestone.heldOutLoss { metadata["held_out_loss"] = "\(loss)" }
      return metadata
    }
  }
#endif
