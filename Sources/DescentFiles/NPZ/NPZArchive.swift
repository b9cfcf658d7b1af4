internal import Descent
import LinearAlgebra

/// The arrays of an NPZ archive, and which of them are the features and the labels.
struct NPZArchive {
  /// What features are called, and the labels that go with them.
  private static let pairs: [(features: String, labels: [String])] = [
    ("x", ["y"]), ("X", ["y", "Y"]), ("features", ["labels", "targets"]), ("data", ["target", "labels"]),
    ("images", ["labels", "target"]), ("x_train", ["y_train"]), ("X_train", ["y_train"]),
    ("arr_0", ["arr_1"]),
  ]
  /// What features for a test are called: they are named to be taken.
  private static let tests: [(features: String, labels: [String])] = [
    ("x_test", ["y_test"]), ("X_test", ["y_test"]), ("x_val", ["y_val"]), ("X_val", ["y_val"]),
  ]
  private static let labelNames = ["y", "Y", "labels", "label", "target", "targets", "y_train", "arr_1"]

  let name: String
  private let archive: ZipArchive
  private let options: DataOptions
  private let progress: ReadProgress?
  /// The arrays, by their names without `.npy`.
  private let arrays: [String: ZipArchive.Member]
  private let names: [String]

  init(_ input: Input, _ options: DataOptions, progress: ReadProgress? = nil) throws(FileError) {
    archive = try ZipArchive(input, maximumBytes: options.maximumInflatedBytes)
    (name, self.options, self.progress) = (input.name, options, progress)
    let members = archive.members.filter { $0.name.hasSuffix(".npy") }
    names = members.map { String($0.name.dropLast(4)) }
    arrays = Dictionary(uniqueKeysWithValues: zip(names, members))
    guard !names.isEmpty else {
      throw archive.failure("the archive holds no array", "write it with numpy.savez")
    }
  }

  /// The name of the array of features: `member`, or the one that has a usual name, or the only one.
  func features(_ member: String?) throws(FileError) -> String {
    if let member { return try found(member) }
    if names.count == 1 { return names[0] }
    return try usual(Self.pairs.map(\.features), "features")
  }

  /// The name of the array of labels that goes with `features`; of a file of labels alone where that is nil.
  func labels(_ member: String?, besides features: String?) throws(FileError) -> String {
    if let member { return try found(member) }
    guard let features else { return names.count == 1 ? names[0] : try usual(Self.labelNames, "labels") }
    let partners = (Self.pairs + Self.tests).first { $0.features == features }?.labels ?? []
    if let partner = partners.first(where: { arrays[$0] != nil }) { return partner }
    return try usual(Self.labelNames.filter { $0 != features }, "labels")
  }

  /// Whether there are labels that go with `features`.
  func hasLabels(besides features: String) -> Bool { (try? labels(nil, besides: features)) != nil }

  /// The bytes of an array, as of a file of its own.
  func input(_ array: String, isFeatures: Bool = false) throws(FileError) -> Input {
    Input(
      plain: try ZipMemberSource(
        arrays[array]!, of: archive, name: "\(name):\(array)", limit: options.maximumInflatedBytes,
        progress: isFeatures ? progress : nil))
  }

  private func found(_ member: String) throws(FileError) -> String {
    let array = member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
    guard arrays[array] != nil else {
      throw archive.failure("there is no array \(quoted(member))", "there are \(listed(names, 10))")
    }
    return array
  }

  /// The one of `usual` that there is.
  private func usual(_ usual: [String], _ what: String) throws(FileError) -> String {
    let present = usual.filter { arrays[$0] != nil }
    if present.count == 1 { return present[0] }
    let example = "\(name):\(present.first ?? "NAME")"
    let remedy: Phrase =
      what == "labels" ? "name them by \(.labels) \(example)" : "name them by \(example)"
    guard present.isEmpty else {
      throw archive.failure("\(listed(present, 10)) may be the \(what)", remedy)
    }
    throw archive.failure(
      "no array has a usual name of \(what), such as \(quoted(usual[0])); there are \(listed(names, 10))",
      remedy)
  }
}
