import ArgumentParser

/// Whether files are replaced that the tool cannot tell to be its own.
struct ForceArguments: ParsableArguments {
  @Flag(help: "Replace files that are there already, whatever they hold.")
  var force = false

  /// Before any work: see ``Output/check(against:isForced:)``.
  func check(_ outputs: [Output?], against inputs: [String?]) throws(Failure) {
    for case let output? in outputs { try output.check(against: inputs, isForced: force) }
  }
}
