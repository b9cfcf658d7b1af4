import ArgumentParser
import Descent
import DescentFiles
import Foundation

/// Descent on a table of people, from the file to the scores of rows that were held out, as in `Peers/census.py`: each
/// line of standard input does it once more, as in `Worker`.
struct PeopleWorker: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Read, train and evaluate as often as asked.", shouldDisplay: false)

  @Argument var train: String
  @Argument var test: String
  @Option var threads = 1

  private static let categories = [
    "workclass", "education", "marital_status", "occupation", "relationship", "race", "sex", "country",
    "region",
  ]

  func run() throws {
    print("{}")  // ready
    fflush(nil)
    while readLine() != nil {
      print(String(decoding: try JSONEncoder().encode(answer()), as: UTF8.self))
      fflush(nil)
    }
  }

  private func answer() throws -> Answer {
    let start = ContinuousClock.now
    var options = DataOptions(threads: threads)
    options.roles.categorical = Self.categories
    let data = try DataFile.read(train, options)
    let fit = try Trainer(loss: Logistic(), penalty: L2(1e-4), threads: threads).fit(data)
    let new = try DataFile.read(test, DataOptions(model: fit.model.columns, threads: threads))
    let metrics = fit.model.evaluate(on: new).metrics
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return Answer(seconds: seconds, result: [metrics[.logLoss]!, metrics[.rocAUC]!])
  }
}
