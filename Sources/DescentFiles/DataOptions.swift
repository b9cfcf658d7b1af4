public import Descent

/// How a file of data is to be read.
///
/// The defaults suit a table of numbers with the class in its last column.
public struct DataOptions: Sendable {
  /// Whether a table's first row names the columns.
  public enum Header: Sendable {
    /// It does, whatever it looks like.
    case present
    /// It is data, whatever it looks like: columns are asked for by number.
    case absent
    /// By the first row, and where it does not tell by the rows below it: text above numbers is a name, and so is a
    /// word that does not come again where words repeat themselves. What was not plain, ``DataOptions/tally`` tells. A
    /// model's feature names are a header; a model's rows are told by the first row alone.
    case automatic
  }

  /// Which column of a table is the target.
  public enum Label: Sendable, Equatable {
    /// The last column that ``DataOptions/roles`` makes nothing else; where rows are read for a model, the one that it learnt
    /// from.
    case last
    /// The column of this name, or else of this number, from 1.
    case column(String)
    /// The table holds features alone.
    case absent
  }

  /// What the targets are.
  public enum Target: Sendable {
    /// Names of classes.
    case classes
    /// Numbers to regress on.
    case numbers
    /// The column may be there or not and is not read: for scoring rows, not for `DataFile.read`.
    case ignored
  }

  /// What is done about cells that hold no number where one belongs: empty ones, and such as `nan` or `NA`.
  public enum Missing: String, Sendable, CaseIterable {
    /// The first is an error.
    case refused
    /// The column's mean takes its place: over the rows of the file, or over those of ``DataOptions/rowsForMeans``. A
    /// category that is missing is none, and infinite numbers and missing targets are errors.
    case mean
    /// The same with the column's median.
    case median
    /// The same as the mean; and each column that lacks a number in one of those rows gets one more feature, `age missing`,
    /// which is 1 where it does and else 0.
    case indicator
    /// The row is left out; rows of infinite numbers and of missing targets too.
    case dropped = "drop"

    /// Whether something takes the place of what is missing.
    var fills: Bool { self == .mean || self == .median || self == .indicator }
  }

  /// Told by the name, and for IDX, NPY and NPZ by the first bytes, where it is nil.
  public var format: Format?
  /// How a table is written. What is not said here is the model's, or found in the first lines.
  public var form: TableForm
  /// Whether a table, or a text of labels, begins with names.
  public var header: Header
  /// Where a table has its targets. Other formats know ``Label/absent`` alone, by which none are read.
  public var label: Label
  /// The file that holds the labels, for formats that keep them apart: IDX, NPY. It may be text too, a line each, if its name
  /// says so by `.csv`, `.tsv` or `.txt`; ``header`` is for it then. An NPZ archive may hold them with the
  /// features, or by themselves: see ``MemberPath``.
  public var labelsPath: String?
  /// Whether the targets are read as classes or as numbers, or not at all.
  public var target: Target
  /// Whether targets that are numbers below 0 are errors where they are read: of counts.
  public var refusesNegativeTargets = false
  /// Whether the indices of LIBSVM rows count from 0, and not from 1: nil is as the model says, else from 1.
  public var isZeroBased: Bool?
  /// Whether features beyond those that the model takes are left out of LIBSVM rows; they are an error otherwise.
  public var dropsExtraFeatures = false
  /// Which other columns of a table are what.
  public var roles: ColumnRoles {
    get { boxedRoles.value }
    set { boxedRoles = Boxed(newValue) }
  }
  /// What is done about missing numbers. A model that was trained with means or medians fills them in, unless the rows
  /// are to be dropped; one that was not cannot.
  public var missing = Missing.refused
  /// What spells a missing cell, besides an empty one and such as `NA`: a word as it is written, or a number. A model knows
  /// those that it was trained with.
  public var missingValues: [String] = []
  /// Which rows the means of missing numbers are taken over, by the targets and the classes' names: those to train on,
  /// where others of the file are held out. All rows where it is nil, or gives none.
  public var rowsForMeans: (@Sendable (Targets, _ classNames: [String], _ groups: [Int32]?) -> [Int])?
  /// Whether a category that the model has not seen is an error; all of its features are 0 otherwise.
  public var refusesUnseen = false
  /// Counts what was changed in reading, where somebody wants to know.
  public var tally: ReadingTally?
  /// Columns of a table whose cells a stream gives beside the rows, by name or number: see ``RowBlock/kept``.
  public var keeps: [String] = []
  /// A query, where the file is a database of SQLite: its rows are the table.
  public var query: String?
  /// The model that the rows are meant for, where there is one.
  public var model: ModelColumns? {
    get { boxedModel?.value }
    set { boxedModel = newValue.map { Boxed($0) } }
  }
  /// The most that a compressed file may inflate to.
  public var maximumInflatedBytes: Int
  /// How many threads read; one for each of the machine's cores where it is nil. The result does not depend
  /// on it.
  public var threads: Int?

  /// Checks nothing: what does not go together is seen when a file is read. `delimiter` becomes part of ``form``.
  public init(
    format: Format? = nil, delimiter: TableForm.Delimiter? = nil, header: Header = .automatic,
    label: Label = .last,
    labelsPath: String? = nil, target: Target = .classes, model: ModelColumns? = nil,
    maximumInflatedBytes: Int = Input.maximumInflatedBytes, threads: Int? = nil
  ) {
    (self.format, form, self.header, self.label) = (format, TableForm(delimiter: delimiter), header, label)
    (self.labelsPath, self.target, boxedModel) = (labelsPath, target, model.map { Boxed($0) })
    (self.maximumInflatedBytes, self.threads) = (maximumInflatedBytes, threads)
  }

  /// Those who read the same data, where this process is not alone. Of a table in several files each then reads some of the files, of
  /// a query some of the rows, and holds an even share, if the ranks lend each other bytes and nothing is to be found in all rows
  /// first: columns of categories, or medians. All else each reads as a whole.
  public var communicator: (any Communicator)?

  private var boxedRoles = Boxed(ColumnRoles())
  private var boxedModel: Boxed<ModelColumns>?

  /// Whether all cells are read as texts, to see what they are.
  var isSurvey = false

  /// Whether a stream stands for the data set that a file is: one without rows is refused then.
  var isForAll = false

  /// Whether a number that `Float` cannot hold is an error though the rows are Doubles.
  var refusesBeyondSingle = false

  /// Whether the rows are to be written anew: nothing is learnt of them, neither categories nor means.
  var isConversion = false

  /// What a table's rows are read for, which remedies depend on.
  enum Purpose: Equatable {
    case training, model
    case conversion(hasLabels: Bool)
  }

  var purpose: Purpose {
    model != nil ? .model : isConversion ? .conversion(hasLabels: label != .absent) : .training
  }

  /// What to do about a target below 0 where counts are learnt.
  var negativeTargetRemedy: Phrase {
    model == nil ? "remove the row, or choose another \(.loss)" : "remove the row"
  }

  var ignoresTargets: Bool { target == .ignored || label == .absent }

  /// What is done about missing numbers, once the model has been asked.
  var missingPolicy: Missing {
    guard let model, missing != .dropped else { return missing }
    return model.table?.filling ?? .refused
  }
}
