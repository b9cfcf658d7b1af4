/// One line of the table.
struct Record: Encodable {
  let work: String
  let shape: String
  let way: String
  let threads: Int
  /// Of a run, the median.
  let seconds: Double
  /// Floating-point operations a second; 0 where they are not what counts.
  let flops: Double
  let bytesPerSecond: Double
  /// Of the sgemm peak of as many threads.
  let shareOfPeak: Double
  /// Of the bandwidth of reading memory by as many threads; more than 1 where the data lie in a cache.
  let shareOfBandwidth: Double
  /// The first contender's time over this one's.
  let speedup: Double
  /// The largest difference of the results that was found, relative, and the most that is allowed.
  let difference: Double
  let tolerance: Double

  init(
    _ work: Work, _ contender: Contender, seconds: Double, first: Double, difference: Double,
    machine: Machine
  ) {
    self.work = work.name
    shape = work.shape.name
    way = contender.way.rawValue
    threads = contender.threads
    self.seconds = seconds
    flops = work.operations / seconds
    bytesPerSecond = work.bytes / seconds
    shareOfPeak = flops / machine.peak
    shareOfBandwidth = bytesPerSecond / machine.read
    speedup = first / seconds
    (self.difference, tolerance) = (difference, work.tolerance)
  }
}
