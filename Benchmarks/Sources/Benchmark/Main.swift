import ArgumentParser
import LinearAlgebra

@main
enum Main {
  static func main() {
    // As the tool does, and as the library's page asks of programs.
    BLAS.useNewestKernels()
    Benchmark.main()
  }
}

struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Descent beside naive and careful Swift.",
    subcommands: [Compare.self, Worker.self, TableWorker.self, PeopleWorker.self, Peaks.self],
    defaultSubcommand: Compare.self)
}
