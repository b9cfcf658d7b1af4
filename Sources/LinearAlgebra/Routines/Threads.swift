internal import Foundation
internal import Synchronization

/// The BLAS library that the program runs with, and on how many threads it computes a product.
///
/// It is one thread from this library's first product on, unless set: threads of BLAS's own change the last bits of a
/// result with their number, and fight with the caller's. A server is best left so, with its tasks side by side; a
/// program that does one large thing after another sets ``threads`` once, or uses ``withBLASThreads(_:_:)`` for the
/// largest of them.
///
/// The number is the process's, whatever BLAS is installed: OpenBLAS with threads of its own, with OpenMP or without
/// threads, BLIS or the reference. Where it cannot be set, it is 1.
public enum BLAS {
  /// How a library runs its threads.
  public enum Threading: String, Sendable {
    /// `pthreads` and `openMP` are OpenBLAS with threads of its own or of OpenMP, `blis` is BLIS. `none` is OpenBLAS without
    /// threads or any other library: their number cannot be set.
    case none, pthreads, openMP, blis
  }

  /// What is installed: Debian's `update-alternatives` chooses.
  public static var threading: Threading { library.threading }

  /// How many threads a product runs on, at least 1. To set it waits until no ``withBLASThreads(_:_:)`` of another
  /// thread runs.
  public static var threads: Int {
    get { library.threading == .none ? 1 : Int(threadCount.load(ordering: .relaxed)) }
    set {
      require(1...1024 ~= newValue, "\(newValue) threads for BLAS, of 1 to 1024")
      turn.lock()
      defer { turn.unlock() }
      library.set(Int32(newValue))
    }
  }
}

/// Calls `body`, within which products run on `count` threads; as many as before run them afterwards.
///
/// ```swift
/// let spectrum = try withBLASThreads(4) { () throws(FactorizationError) in try SymmetricEigen(covariance) }
/// ```
///
/// Tasks that ask for threads at the same time take turns, so that there are never more than the cores were meant for.
/// What other tasks compute meanwhile, outside of any such call, may run on as many and differ in its last bits. Within
/// `body`, do not wait for another thread that asks for threads, which waits for this one.
public func withBLASThreads<Result, Failure: Error>(
  _ count: Int, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  turn.lock()
  defer { turn.unlock() }
  let before = BLAS.threads
  BLAS.threads = count
  defer { BLAS.threads = before }
  return try body()
}

/// Whose turn it is to say how many threads there are; the same thread may ask again within.
private let turn = NSRecursiveLock()
private let threadCount = Atomic<Int32>(1)
private let library = BLASLibrary()

/// What each call of BLAS and LAPACK begins with: sets the number of threads at the first call; with OpenMP, where
/// each thread of the program has a number of its own, at every one.
@inline(__always)
func prepareBLAS() {
  if let set = library.setHere { set(threadCount.load(ordering: .relaxed)) }
}

/// Calls a routine of BLAS or LAPACK that takes memory for itself. OpenBLAS without threads, as Debian builds it, gives the
/// same memory to threads that call at the same time, and then wrong numbers: there they take turns.
@inline(__always)
func inTurn<Result>(_ routine: () -> Result) -> Result {
  guard library.needsTurns else { return routine() }
  callers.lock()
  defer { callers.unlock() }
  return routine()
}

private let callers = NSLock()

/// Functions of the library that not every library has, found by name.
private struct BLASLibrary: Sendable {
  typealias Setter = @convention(c) (Int32) -> Void

  let threading: BLAS.Threading
  /// Sets the number for the calling thread alone, where there is one for each.
  let setHere: Setter?
  /// Whether one thread may call at a time.
  let needsTurns: Bool
  private let setEverywhere: (@Sendable (Int32) -> Void)?

  init() {
    let openBLAS = Self.find("openblas_set_num_threads", as: Setter.self)
    let parallel = Self.find("openblas_get_parallel", as: (@convention(c) () -> Int32).self)?()
    needsTurns = parallel == 0
    let blis = Self.find("bli_thread_set_num_threads", as: (@convention(c) (Int) -> Void).self)
    (threading, setHere) =
      switch parallel {
      case 1: (.pthreads, nil)
      case 2: (.openMP, Self.find("omp_set_num_threads", as: Setter.self))
      default: (blis == nil ? .none : .blis, nil)
      }
    setEverywhere =
      if let openBLAS { { openBLAS($0) } } else if let blis { { blis(Int($0)) } } else { nil }
    set(1)
  }

  func set(_ count: Int32) {
    threadCount.store(count, ordering: .relaxed)
    setEverywhere?(count)
  }

  private static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    BLAS.find(name, as: type)
  }
}

extension BLAS {
  /// A function of the library that not every library has.
  static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}
