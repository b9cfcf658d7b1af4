/// What DATA may be, as the commands' help says it: the one place that names the formats to people.
enum FormatHelp {
  static let data =
    "A table (.csv, .tsv), sparse rows (.svm, .libsvm), IDX images, a NumPy array (.npy) or archive (.npz, .npz:NAME), CIFAR-10 (.bin, or the folder of its batches), each also .gz or .zst; - is standard input. A pattern in quotes, such as 'part-*.csv', names several tables, sparse rows or arrays that are read as one."

  static let converted =
    "A table, sparse rows (.svm, .libsvm), IDX images, a NumPy array or archive (.npz), CIFAR-10 (.bin), each also .gz; - is standard input."

  static let inShort = "A table, sparse rows, IDX images, a NumPy array or archive, CIFAR-10"

  static let overview = """
    DATA is a table (.csv, .tsv; the label in the last column unless --label says otherwise), sparse rows (.svm, .libsvm), IDX images \
    or a NumPy array (.npy) with --labels, or a NumPy archive of both (.npz; data.npz:images names one of its arrays), or CIFAR-10's binary \
    format (.bin of whole records of 3073 bytes, or the folder of data_batch_1.bin to data_batch_5.bin); each may be compressed by gzip or zstd. '-' reads from standard input. \
    A pattern in quotes, such as 'part-*.csv', names several tables, sparse rows or arrays (--labels 'labels-*.npy') that are read as one, in the order of their names. \
    --sqlite FILE --query "select ..." reads from a database instead.
    """
}
