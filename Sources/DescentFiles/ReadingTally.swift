public import Descent
internal import Synchronization

/// Counts what reading a table changed.
public final class ReadingTally: Sendable {
  /// How many rows and cells are in the data otherwise than they stand in the file.
  public struct Counts: Sendable, Equatable {
    /// Rows that were left out because a cell held nothing.
    public var droppedRows = 0
    /// Cells that held nothing, and were filled: see ``ReadingTally/filling``.
    public var filledCells = 0
    /// Cells whose category the model has not seen.
    public var unseenCategories = 0

    /// Numbers to compare with ``ReadingTally/counts``; what is not named is 0.
    public init(droppedRows: Int = 0, filledCells: Int = 0, unseenCategories: Int = 0) {
      self.droppedRows = droppedRows
      self.filledCells = filledCells
      self.unseenCategories = unseenCategories
    }
  }

  /// How a table's first row was read, where it did not tell by itself.
  public enum FirstRow: Sendable, Equatable {
    /// `names`: as the columns' names, and as no row of data; `data`: as a row of data, the columns having no names.
    case names, data
  }

  private let mutex = Mutex(Counts())
  private let row = Mutex<FirstRow?>(nil)
  private let notes = Mutex<[Phrase]>([])
  private let policy = Mutex(DataOptions.Missing.refused)

  /// Each reading is to have one of its own: counts and remarks of several would add up.
  public init() {}

  /// What has been read so far: a stream's grow with its blocks, those of a file read whole come at its end.
  public var counts: Counts { mutex.withLock { $0 } }

  /// Nil where it was plain.
  public var firstRow: FirstRow? { row.withLock { $0 } }

  /// How the text was read, where that was not said and is not what most have.
  public var remarks: [Phrase] { notes.withLock { $0 } }

  func note(_ remark: Phrase) {
    notes.withLock { $0.append(remark) }
  }

  /// What was done about missing cells.
  public var filling: DataOptions.Missing { policy.withLock { $0 } }

  func note(_ missing: DataOptions.Missing) { policy.withLock { $0 = missing } }

  func note(_ firstRow: DescentFiles.FirstRow) {
    row.withLock { $0 = firstRow.isHeader ? .names : .data }
  }

  /// How a table's columns were found.
  public struct Columns: Sendable, Equatable {
    /// Whether the model's stand in another order.
    public var areReordered = false
    /// Those of which the model knows nothing.
    public var extra: [String] = []
    /// Whether the first column has no name, and is not read since it names the rows.
    public var firstNamesRows = false
    /// Those features whose numbers count the rows.
    public var countingRows: [String] = []
  }

  private let found = Mutex(Columns())

  /// Of a table or a query, once its head is read; all is false or empty for other files. `countingRows` comes last, and only
  /// where rows are read whole and for no model.
  public var columns: Columns { found.withLock { $0 } }

  func note(_ layout: CSVLayout) {
    found.withLock {
      $0 = Columns(
        areReordered: layout.order != nil, extra: layout.extraNames, firstNamesRows: layout.namesRows)
    }
  }

  func note(countingRows names: [String]) { found.withLock { $0.countingRows = names } }

  /// Takes all that another has counted and noted, in the place of its own.
  func take(_ other: ReadingTally) {
    let (counts, firstRow, remarks) = (other.counts, other.firstRow, other.remarks)
    let (filling, columns) = (other.filling, other.columns)
    mutex.withLock { $0 = counts }
    row.withLock { $0 = firstRow }
    notes.withLock { $0 = remarks }
    policy.withLock { $0 = filling }
    found.withLock { $0 = columns }
  }

  func add(_ counts: Counts) {
    mutex.withLock {
      $0.droppedRows += counts.droppedRows
      $0.filledCells += counts.filledCells
      $0.unseenCategories += counts.unseenCategories
    }
  }
}
