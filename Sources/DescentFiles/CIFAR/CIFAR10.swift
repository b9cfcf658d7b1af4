public import Descent
internal import Glibc
import LinearAlgebra

/// Reads the binary format of CIFAR-10: records of a label and an image of 32 × 32 pixels, its red channel, then its green
/// and its blue one, a byte a number.
///
/// (A. Krizhevsky, Learning multiple layers of features from tiny images, 2009;
/// https://www.cs.toronto.edu/~kriz/cifar.html.)
public enum CIFAR10 {
  /// The classes, in the order of the labels 0 to 9.
  public static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// 3 × 32 × 32, the channels one after the other.
  public static let imageShape = ImageShape(height: 32, width: 32, channels: 3, isPlanar: true)

  /// The bytes of a record: a label, and the numbers of an image.
  static let recordSize = 1 + imageShape.pixels

  /// Reads all images of files that follow one another.
  ///
  /// Features are `[rows, 3072]` and stay bytes. The classes are all ten, whichever of them there are; where
  /// `options.model` names its classes 0 to 9, these.
  ///
  /// - Throws: ``FileError``, `badData` where a file is no whole number of records or a label is beyond 9.
  public static func read(_ inputs: [Input], _ options: DataOptions = DataOptions()) throws(FileError)
    -> Dataset
  {
    require(!options.ignoresTargets, "a data set needs targets; stream the rows without them")
    let records = try CIFARRecords(inputs, options)
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    if let rows = records.expectedRows { pixels.reserveCapacity(rows * imageShape.pixels) }
    while try records.next(256, labels: &labels, pixels: &pixels) > 0 {}
    let (targets, names) = records.targets(labels)
    return Dataset(
      features: DenseStorage(rows: labels.count, columns: imageShape.pixels, elements: pixels[...]),
      targets: targets,
      classNames: names, imageShape: imageShape)
  }

  /// The batches to train on that a folder holds, as the archive of CIFAR-10 unpacks to: `data_batch_1.bin` and so on, each
  /// also compressed. None where `path` is no such folder.
  static func batches(in path: String) -> [String] {
    (1...5).compactMap { number in
      ["", ".gz", ".zst"].map { "\(path)/data_batch_\(number).bin\($0)" }.first { access($0, F_OK) == 0 }
    }
  }

  /// Whether a file called `.bin` is one of CIFAR-10's: whether its records are whole.
  static func isWhole(_ input: Input) -> Bool { input.size.map { $0 > 0 && $0 % recordSize == 0 } ?? false }
}
