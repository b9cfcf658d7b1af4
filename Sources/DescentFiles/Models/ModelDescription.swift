internal import Descent
internal import LinearAlgebra

/// What a model file says of its model besides the numbers: texts by key, as ``ModelFile`` lists them. Nothing in
/// them is trusted.
struct ModelDescription {
  let metadata: [String: String]
  /// The file, for messages.
  let name: String
  /// Where the file holds them apart from the texts.
  var featureScales: [Double]?

  init(_ metadata: [String: String], _ name: String) { (self.metadata, self.name) = (metadata, name) }

  func checkVersion() throws(FileError) {
    guard metadata["format"] == "descent" else {
      throw failure("holds no model of descent", "give a file that 'descent train' wrote")
    }
    guard let version = metadata["format_version"].flatMap({ Int($0) }), version >= 1 else {
      throw failure("names no version of the format", "the file is damaged: train or copy it again")
    }
    guard version <= ModelFile.version else {
      throw failure(
        "was made by a newer descent (format \(version), this one reads \(ModelFile.version))",
        "update descent")
    }
  }

  /// The linear model of some inputs and outputs, whose biases are these.
  func linear<Element: KernelScalar>(
    inputs: Int, outputs: Int, biases: some Sequence<Element>
  ) throws(FileError) -> LinearModel {
    let hasIntercept = metadata["intercept"] != "none"
    guard hasIntercept || biases.allSatisfy({ $0 == 0 }) else {
      throw damaged("has biases that it says it has not")
    }
    return LinearModel(inputs: inputs, outputs: outputs, hasIntercept: hasIntercept)
  }

  func model<Element: KernelScalar>(
    _ architecture: any Model, _ parameters: [Element]
  ) throws(FileError) -> TrainedModel<Element> {
    let loss = try loss()
    let classes = try names("classes", most: architecture.outputs + 1)
    guard
      classes.isEmpty
        ? loss.task == .regression : loss.columns(classes: classes.count) == architecture.outputs
    else {
      throw damaged(
        "names \(classes.count) class\(classes.count == 1 ? "" : "es") for \(architecture.outputs) rows of weights"
      )
    }
    guard classes.count != 1, Set(classes).count == classes.count else {
      throw damaged("names one class only, or one twice")
    }
    if !classes.isEmpty, (try? loss.check(.labels([0]), columns: architecture.outputs)) == nil {
      throw damaged("names classes, and the loss '\(loss.name)', which is of numbers")
    }
    let features = try names("features", most: architecture.inputs)
    guard features.isEmpty || features.count == architecture.inputs else {
      throw damaged(
        "names \(counted(features.count, "feature")) for \(architecture.inputs) columns of weights")
    }
    var notes = ModelNotes(
      metadata.filter { !Self.known.contains($0.key) && !$0.key.hasPrefix(Self.lossSettings) })
    let columns = ModelColumns(
      features: architecture.inputs, featureNames: features, classNames: classes, label: notes.label(),
      others: notes.others(), table: try table(notes.table(), architecture.inputs), reading: notes.reading())
    return TrainedModel(
      architecture: architecture, parameters: parameters, columns: columns,
      imageShape: try imageShape(architecture.inputs), featureScales: try scales(architecture.inputs),
      loss: loss, provenance: notes.provenance()
    ).calibrated(by: try calibration(classes: classes.count))
  }

  private func calibration(classes: Int) throws(FileError) -> Calibration? {
    guard let json = metadata["calibration"] else { return nil }
    guard let calibration = Calibration(json: json), calibration.isSound(classes: classes) else {
      throw damaged("has a calibration that is none of \(counted(classes, "class"))")
    }
    return calibration
  }

  private func table(_ json: String?, _ inputs: Int) throws(FileError) -> TableSchema? {
    guard let json else { return nil }
    guard let schema = TableSchema(json: json), schema.features == inputs else {
      throw damaged("describes a table whose columns do not make \(inputs) features")
    }
    return schema
  }

  /// The keys of what scores are made by.
  private static let known: Set = [
    "format", "format_version", "architecture", "layers", "intercept", "loss", "margin", "classes",
    "calibration", "features", "image", "image_layout", "feature_scales",
  ]
  private static let lossSettings = "loss."

  /// The loss, made again from its name and settings.
  private func loss() throws(FileError) -> any Loss {
    guard let name = metadata["loss"], let known = Losses.named(name) else {
      throw failure("was trained with a loss that this descent does not know", "update descent")
    }
    var settings = metadata.filter { $0.key.hasPrefix(Self.lossSettings) }
      .map { Setting(String($0.key.dropFirst(Self.lossSettings.count)), $0.value) }
      .sorted { $0.name < $1.name }
    do throws(SettingError) {
      // Files of earlier versions: a margin for every loss, of no meaning for most.
      if let text = metadata["margin"] {
        let margin = Setting("margin", text)
        _ = try [margin].positive("margin")
        if known.margin != nil, settings.isEmpty { settings = [margin] }
      }
      return try Losses.named(name, settings)
    } catch {
      switch error {
      case .unfit(let setting, let wanted): throw damaged("has a \(setting.name) that is not \(wanted)")
      case .unknownName, .unknownSetting:
        throw failure(
          "was trained with a loss of which this descent does not know all settings", "update descent")
      }
    }
  }

  /// The list of names under `key`, which is to hold no more than `most`.
  func names(_ key: String, most: Int) throws(FileError) -> [String] {
    guard let text = metadata[key] else { return [] }
    var scanner = JSONScanner(Array(text.utf8)[...])
    do throws(JSONScanner.Failure) {
      let names = try scanner.array(most: most) { (scanner) throws(JSONScanner.Failure) in
        try scanner.string()
      }
      try scanner.expectEnd()
      return names
    } catch {
      throw damaged("has \(key) that are not a list of at most \(most) names")
    }
  }

  private func scales(_ inputs: Int) throws(FileError) -> [Double] {
    var scales = featureScales ?? []
    if let text = metadata["feature_scales"] {
      var scanner = JSONScanner(Array(text.utf8)[...])
      do throws(JSONScanner.Failure) {
        scales = try scanner.array(most: inputs) { (scanner) throws(JSONScanner.Failure) in
          try scanner.decimal()
        }
        try scanner.expectEnd()
      } catch {
        throw damaged("has feature scales that are not at most \(inputs) numbers")
      }
    }
    guard scales.isEmpty || scales.count == inputs, scales.allSatisfy(\.isFinite) else {
      throw damaged("has feature scales that do not fit \(inputs) features")
    }
    return scales
  }

  private func imageShape(_ inputs: Int) throws(FileError) -> ImageShape? {
    guard let text = metadata["image"] else { return nil }
    let sizes = text.split(separator: "x").map { Int($0) ?? 0 }
    // Bounded before they are multiplied.
    guard sizes.count == 3, sizes.allSatisfy({ $0 >= 1 && $0 <= inputs }),
      sizes[0] * sizes[1] <= inputs, sizes[0] * sizes[1] * sizes[2] == inputs
    else { throw damaged("has an image shape \(quoted(text)) that does not fit \(inputs) features") }
    return ImageShape(
      height: sizes[0], width: sizes[1], channels: sizes[2], isPlanar: metadata["image_layout"] == "CHW")
  }

  func damaged(_ problem: String) -> FileError {
    failure(problem, "the file is damaged: train or copy it again")
  }

  func failure(_ problem: String, _ remedy: Phrase) -> FileError {
    FileError(.badData, name, problem, remedy: remedy)
  }
}
