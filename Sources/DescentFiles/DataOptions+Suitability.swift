internal import Descent

extension DataOptions {
  /// Checks that nothing is asked for which files of the format have not, and which would be passed over in silence.
  ///
  /// - Throws: ``FileError`` of kind `badQuery`.
  func check(for format: Format, _ file: String) throws(FileError) {
    let name = format.reader.name
    func refuse(_ isGiven: Bool, _ subject: Phrase, _ reason: String) throws(FileError) {
      guard isGiven else { return }
      var error = FileError(.badQuery, file, "is for \(reason)", remedy: "leave it out")
      error.subject = subject
      throw error
    }
    if !format.reader.isTable {
      let holds = "tables, and \(name)"
      try refuse(
        !roles.categorical.isEmpty || roles.findsCategories, "\(.categorical)",
        "\(holds) holds numbers, not columns of text")
      for (columns, option) in roles.others {
        try refuse(!columns.isEmpty, "\(option)", "\(holds) names no columns")
      }
      try refuse(!keeps.isEmpty, "\(.keep)", "\(holds) names no columns")
      try refuse(
        missing != .refused && !format.reader.mayLackNumbers, "\(.missing) \(missing.rawValue)",
        "\(holds) has no empty cells")
      try refuse(
        !missingValues.isEmpty, "\(.missingValues)", "\(holds) has no cells that a word could stand in")
      if case .column = label { try refuse(true, "\(.label)", "\(holds) has no column of labels") }
      try refuse(form.delimiter != nil, "\(.delimiter)", "\(holds) has no fields that something separates")
      if !(labelsPath.map { LabelText.isNamed($0) } ?? false) {
        try refuse(header != .automatic, "\(.header)", "\(holds) has no line of names")
        try refuse(form.decimal != nil, "\(.decimal)", "\(holds) has one spelling of numbers")
        try refuse(form.thousands != nil, "\(.thousands)", "\(holds) has one spelling of numbers")
        try refuse(form.skippedLines != nil, "\(.skip)", "\(holds) has no lines before the rows")
        try refuse(form.comment != nil, "\(.comment)", "\(holds) has no comments of another kind")
      }
    }
    if !format.reader.hasIndices {
      try refuse(isZeroBased != nil, "\(.zeroBased)", "LIBSVM's rows, and \(name) writes no indices")
      try refuse(
        dropsExtraFeatures, "\(.dropExtraFeatures)", "LIBSVM's rows, and each row of \(name) has all features"
      )
    }
  }
}
