import ArgumentParser
import Foundation

/// Shows that all ways give the same result, then times them in turns.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time naive Swift, careful Swift and Descent; write a table in Markdown.")

  @Option(help: "Only works whose name or model contains this, such as epoch or 784×10.")
  var filter: String?

  @Option(help: "Default: one for each core.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Write one JSON object instead.")
  var json = false

  @Flag(help: "Show that the results are equal, and time nothing.")
  var quick = false

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1, not \(threads)") }
  }

  func run() throws {
    let plans = Work.plans(threads: threads).filter { plan in
      filter.map { plan.name.contains($0) || plan.shape.name.contains($0) } ?? true
    }
    guard !plans.isEmpty else { throw ValidationError("no work's name contains '\(filter ?? "")'") }
    if quick { return try check(plans) }

    let machines = (threads == 1 ? [1] : [1, threads]).map { Machine.measure(threads: $0) }
    var records: [Record] = []
    if !json { print(Table.header) }
    for plan in plans {
      let work = plan.make()
      let difference = try work.checkEquality()
      let times = Turns().times(work.contenders)
      for (contender, time) in zip(work.contenders, times) {
        let machine = contender.threads == 1 ? machines[0] : machines[machines.count - 1]
        let record = Record(
          work, contender, seconds: time, first: times[0], difference: difference, machine: machine)
        records.append(record)
        if !json { print(Table.line(record)) }
      }
      fflush(nil)
    }
    if json {
      try write(Report(machines: machines, records: records))
    } else {
      print("\n" + Table.footer(machines))
    }
  }

  private func check(_ plans: [Work.Plan]) throws {
    for plan in plans {
      let work = plan.make()
      let difference = try work.checkEquality()
      print("\(work): equal within \(work.tolerance), at most \(Table.number(difference * 1e6))e-6 apart")
    }
  }

  private struct Report: Encodable {
    let machines: [Machine]
    let records: [Record]
  }

  private func write(_ report: Report) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }
}

/// What the machine can do, for the table of peers.
struct Peaks: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "peaks", shouldDisplay: false)
  @Option var threads = 1

  func run() throws {
    print(String(decoding: try JSONEncoder().encode(Machine.measure(threads: threads)), as: UTF8.self))
  }
}
