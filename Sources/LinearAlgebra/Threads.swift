internal import COpenBLAS

/// OpenBLAS runs on one thread, from the library's first product on.
///
/// Its own threads would change the bits of a result with their number, and fight with the caller's.
/// Descent runs several products at once instead, one a thread. The setting is the process's: a program
/// that calls OpenBLAS by itself as well will see it, and can set it again.
///
/// Its threads are stopped too: idle ones look for work for a tenth of a second after the library is loaded, on the
/// cores that Descent's own threads want.
let oneThread: Void = descent_openblas_use_one_thread()

/// Has OpenBLAS run on its caller's thread alone, which the first product would see to: for programs that have
/// several threads busy before it.
public func useOneBLASThread() { _ = oneThread }

extension Transposition {
  var cblas: CBLAS_TRANSPOSE { self == .none ? CblasNoTrans : CblasTrans }
}
