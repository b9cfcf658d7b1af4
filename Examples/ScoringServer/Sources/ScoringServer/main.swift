import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

// ScoringServer MODEL [PORT]: answers POST /score, GET /health and GET /metrics. SIGHUP reads the model anew; SIGTERM and
// SIGINT end it once what was asked is answered.
let arguments = CommandLine.arguments
guard (2...3).contains(arguments.count), let port = arguments.count == 3 ? Int(arguments[2]) : 8080 else {
  FileHandle.standardError.write(Data("usage: ScoringServer MODEL [PORT]\n".utf8))
  exit(64)
}
let logger = Logger(label: "scoring")
let holder: ModelHolder
do {
  holder = try ModelHolder(path: arguments[1], logger: logger)
} catch {
  FileHandle.standardError.write(Data("ScoringServer: \(error)\n".utf8))
  exit(65)
}
let application = Application(
  router: routes(holder, Traffic()), configuration: .init(address: .hostname("127.0.0.1", port: port)),
  logger: logger)
let services = ServiceGroup(
  configuration: .init(
    services: [.init(service: holder), .init(service: application)],
    gracefulShutdownSignals: [.sigterm, .sigint],
    logger: logger))
try await services.run()
