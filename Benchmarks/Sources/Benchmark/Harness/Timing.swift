/// Seconds that `body` takes.
func seconds(_ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  return clock.measure(body) / .seconds(1)
}

/// The middle one of some numbers, of an even count the lower middle one.
func median(_ numbers: [Double]) -> Double { numbers.sorted()[(numbers.count - 1) / 2] }

/// Times contenders in turns, A B C A B C, because machines drift: what is slow for one is slow for all.
///
/// Short runs are repeated until a sample lasts for some milliseconds. A contender that has used up its time
/// is left out of later rounds.
struct Turns {
  var rounds = 7
  /// Seconds a sample, at least.
  var sample = 0.004
  /// Seconds a contender, after which it has no more turns.
  var budget = 0.6

  /// The median of each contender's seconds a run.
  func times(_ contenders: [Contender]) -> [Double] {
    let once = contenders.map { contender in seconds(contender.run) }
    let repeats = once.map { max(1, Int(sample / max($0, 1e-9))) }
    var samples = once.map { $0 > budget / 2 ? [$0] : [] }
    var used = once
    for _ in 0..<rounds {
      for (i, contender) in contenders.enumerated() where samples[i].isEmpty || used[i] < budget {
        let time = seconds { for _ in 0..<repeats[i] { contender.run() } }
        samples[i].append(time / Double(repeats[i]))
        used[i] += time
      }
    }
    return samples.map(median)
  }
}
