extension StopReason {
  /// Not ``converged`` where the model as it is written is proved to less than was asked for: rounding it may cost what the
  /// solver had reached.
  func unless(_ certificate: Certificate?, missed tolerance: Double) -> StopReason {
    // What rounding the sums costs is above the smallest tolerances.
    guard self == .converged, let certificate, certificate.relativeGap > max(tolerance, 1e-13) else {
      return self
    }
    return .stalled
  }
}
