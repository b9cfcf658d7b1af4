extension DataOptions {
  /// The formats that are read. A new one is a case here, a line in the table below, and a `DataFormat` of its own.
  public enum Format: String, Sendable, CaseIterable {
    /// Fields separated by commas.
    case csv
    /// Fields separated by tabs.
    case tsv
    /// The format of MNIST.
    case idx
    /// An array of NumPy's.
    case npy
    /// An archive of such arrays.
    case npz
    /// The binary format of CIFAR-10.
    case cifar10
    /// Sparse rows, `label index:value ...`.
    case libsvm

    var reader: any DataFormat.Type {
      switch self {
      case .csv: CSV.self
      case .tsv: TSV.self
      case .idx: IDX.self
      case .npy: NPY.self
      case .npz: NPZ.self
      case .cifar10: CIFAR10.self
      case .libsvm: LIBSVM.self
      }
    }

    /// How names of its files end, compression left out: `svm`, `libsvm`.
    public var endings: [String] { reader.endings }
  }
}
