import Foundation
import Hummingbird
import NIOCore

/// The router of a scoring server.
func routes(_ holder: ModelHolder, _ traffic: Traffic) -> Router<BasicRequestContext> {
  let router = Router()
  router.get("health") { _, _ in
    Response.json(Health(status: "ok", model: holder.current.name, features: holder.current.inputs))
  }
  router.get("metrics") { _, _ in traffic.text }
  router.post("score") { request, _ in
    let start = ContinuousClock.now
    var (status, rows) = (HTTPResponse.Status.ok, 0)
    defer {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      traffic.count(status: status.code, rows: rows, seconds: seconds)
    }
    do {
      let asked = try ScoreRequest.decode(try await body(of: request))
      let answers = try holder.current.answers(asked.rows)
      rows = answers.count
      return asked.isSingle ? Response.json(answers[0]) : Response.json(["answers": answers])
    } catch {
      let refusal = refusal(error)
      status = refusal.status
      throw refusal
    }
  }
  return router
}

private struct Health: Encodable {
  let status: String
  let model: String
  let features: Int
}

private let mostBytes = 16 << 20

private func body(of request: Request) async throws -> Data {
  do {
    let buffer = try await request.body.collect(upTo: mostBytes)
    return Data(buffer.readableBytesView)
  } catch is NIOTooManyBytesError {
    throw HTTPError(.contentTooLarge, message: "the body is larger than \(mostBytes >> 20) MiB")
  }
}

private func refusal(_ error: any Error) -> HTTPError {
  switch error {
  case let error as HTTPError: error
  case let error as BadBody: HTTPError(.badRequest, message: error.description)
  case let error as BadRow: HTTPError(.badRequest, message: error.description)
  default: HTTPError(.internalServerError, message: "the rows could not be scored")
  }
}

extension Response {
  fileprivate static func json(_ value: some Encodable) -> Response {
    let bytes = (try? JSONEncoder().encode(value)) ?? Data()
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
