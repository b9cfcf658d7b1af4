internal import COpenBLAS

/// OpenBLAS runs on one thread, from the library's first product on.
///
/// Its own threads would change the bits of a result with their number, and fight with the caller's.
/// Descent runs several products at once instead, one a thread. The setting is the process's: a program
/// that calls OpenBLAS by itself as well will see it, and can set it again.
let oneThread: Void = openblas_set_num_threads(1)

extension Transposition {
  var cblas: CBLAS_TRANSPOSE { self == .none ? CblasNoTrans : CblasTrans }
}
