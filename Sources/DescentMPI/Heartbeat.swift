#if MPI
  internal import CMPI
  internal import Foundation
  internal import Synchronization

  /// Each rank tells the next that it is there, once a second, and ends all where the one before has not done so for some seconds:
  /// a process that stands still, or whose machine is gone, is not waited for.
  ///
  /// What is still computing or reading, for however long, is there.
  final class Heartbeat: Sendable {
    /// Seconds without a sign.
    private static let patience = 8.0
    private static let goodbye: CChar = 1

    private let isOver = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    /// Nil where MPI has no channel for it.
    init?(rank: Int, of size: Int) {
      guard let channel = cmpi_channel() else { return nil }
      nonisolated(unsafe) let beats = channel
      let (next, last) = (Int32((rank + 1) % size), Int32((rank + size - 1) % size))
      let thread = Thread { [self] in
        beat(on: beats, to: next, from: last)
        ended.signal()
      }
      thread.name = "descent-beat"
      thread.stackSize = 1 << 20
      thread.start()
    }

    private func beat(on channel: UnsafeMutableRawPointer, to next: Int32, from last: Int32) {
      var (heard, isThere) = (ContinuousClock.now, true)
      while !isOver.load(ordering: .acquiring) {
        _ = cmpi_send(channel, 0, next)
        var byte: CChar = 0
        while cmpi_receive(channel, last, &byte) != 0 {
          heard = .now
          if byte == Self.goodbye { isThere = false }
        }
        if isThere, ContinuousClock.now - heard > .seconds(Self.patience) {
          MPICommunicator.end(
            "rank \(last) has given no sign for \(Int(Self.patience)) seconds; the training ends", code: 70)
        }
        // In short pieces, so that the end is not waited for.
        for _ in 0..<20 where !isOver.load(ordering: .acquiring) { usleep(50_000) }
      }
      _ = cmpi_send(channel, Self.goodbye, next)
    }

    /// Says so to the next, which then does not wait for more signs.
    func end() {
      isOver.store(true, ordering: .releasing)
      ended.wait()
    }
  }
#endif
