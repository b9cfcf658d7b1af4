import Foundation

/// Standard input, output and error: descriptors 0, 1 and 2, whether or not whoever started the process gave it some.
enum StandardStreams {
  /// Takes the places of those that are closed, so that no file that is opened later gets one of their numbers, and with it what is
  /// meant for people or for a pipe.
  ///
  /// What stands in refuses what the stream is for (EBADF): /dev/null, opened to be written as standard input, and to
  /// be read as the others.
  static func fill() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free, which is this one.
      let opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      guard opened == descriptor else { exit(ExitCode.inputOutput.rawValue) }
    }
  }

  /// That standard output can be written to: before an hour of training for it.
  static func checkOutput() throws(Failure) {
    let access = fcntl(STDOUT_FILENO, F_GETFL)
    guard access >= 0, access & O_ACCMODE != O_RDONLY else { throw Console.outputFailure(EBADF) }
  }
}
