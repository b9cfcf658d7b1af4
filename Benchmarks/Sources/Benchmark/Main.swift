import ArgumentParser

@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Descent beside naive and careful Swift.",
    subcommands: [Compare.self, Worker.self, TableWorker.self, PeopleWorker.self, Peaks.self],
    defaultSubcommand: Compare.self)
}
