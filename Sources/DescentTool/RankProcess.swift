import Descent
import Foundation
import Synchronization

#if MPI
  import DescentMPI
#endif

/// This process as one of those that `mpirun` has started, of which rank 0 alone prints and writes.
enum RankProcess {
  private static let joined = Mutex<(any Communicator)?>(nil)

  /// The others; nil where there are none.
  static var communicator: (any Communicator)? { joined.withLock { $0 } }

  /// Whether what is printed and written is this one's to do.
  static var isRoot: Bool { communicator.map { $0.rank == 0 } ?? true }

  /// For `--version`.
  static var mpi: String {
    #if MPI
      "with \(MPICommunicator.version)"
    #else
      "without MPI"
    #endif
  }

  /// Joins the others, where there are some.
  ///
  /// - Parameter arguments: of the command line, without the program's name.
  static func join(_ arguments: [String]) throws(Failure) {
    guard let size = size, let command = arguments.first, !command.hasPrefix("-"), command != "help" else {
      return
    }
    let isAlone = size == 1
    guard isAlone || ["train", "path"].contains(command) else {
      throw Failure(
        .usage, "'descent \(command)' runs in one process, and mpirun has started \(size); run it alone")
    }
    #if MPI
      do throws(MPIError) {
        let all = try MPICommunicator()
        joined.withLock { $0 = all }
      } catch { throw Failure(.workFailed, "\(error)") }
    #else
      guard isAlone else {
        throw Failure(
          .usage,
          "mpirun has started \(size) processes, and this descent was built without MPI: build it by 'scripts/setup "
            + "--with-mpi' and 'swift build -c release --traits MPI --product descent'")
      }
    #endif
  }

  /// How many processes there are, as mpirun tells each of them; nil where nothing has started them together.
  private static var size: Int? { number("OMPI_COMM_WORLD_SIZE") ?? number("PMI_SIZE") }

  /// Cores for this process, where some share a machine and none has some to itself; nil leaves it as it is.
  static var threads: Int? {
    guard let here = number("OMPI_COMM_WORLD_LOCAL_SIZE"), here > 1, let communicator, communicator.size > 1,
      availableCores >= sysconf(Int32(_SC_NPROCESSORS_ONLN))
    else { return nil }
    return max(1, availableCores / here)
  }

  private static func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
  }

  /// That nothing was asked for that several processes cannot do.
  static func refuse(_ what: [(words: String, isAsked: Bool)]) throws(Failure) {
    guard let size = communicator?.size, size > 1, let refused = what.first(where: \.isAsked) else { return }
    throw Failure(
      .usage, "\(refused.words) is not for \(size) processes yet: leave it out, or run it in one")
  }

  /// Says how many there are, where there are some.
  static func announce() {
    guard let size = communicator?.size, size > 1 else { return }
    Console.say("\(size) processes share the rows, \(mpi)")
  }

  /// At the end of all work.
  static func leave() {
    #if MPI
      (communicator as? MPICommunicator)?.leave()
    #endif
  }

  /// Ends this process, and all others with it, by a message and an exit code. What all have come upon rank 0 says; what one
  /// alone has, that one.
  static func end(_ message: String, _ code: Int32) -> Never {
    let rank = communicator?.rank ?? number("OMPI_COMM_WORLD_RANK") ?? number("PMI_RANK") ?? 0
    // Where rank 0 ends too this one is ended meanwhile.
    if rank > 0 { Thread.sleep(forTimeInterval: 3) }
    Console.error(rank > 0 ? "rank \(rank) on \(ProcessInfo.processInfo.hostName): \(message)" : message)
    #if MPI
      if let ranks = communicator as? MPICommunicator, ranks.size > 1 { ranks.end(code: code) }
    #endif
    exit(code)
  }
}
