import Descent
import Foundation

/// The body of `POST /score`: `{"row": ROW}` or `{"rows": [ROW, ...]}`, a row being `[0.5, 1]`, the features in their order, or
/// `{"region": "north", "age": 41, "data_gb": null}`, the cells of the table by name.
struct ScoreRequest: Decodable {
  enum Row: Equatable {
    case numbers([Double])
    case cells([String: Cell])
  }

  static let mostRows = 10_000

  let rows: [Row]
  /// Whether one row was asked for, and one answer is given.
  let isSingle: Bool

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let body = try decoder.container(keyedBy: Key.self)
    guard body.allKeys.count == 1, let key = body.allKeys.first, ["row", "rows"].contains(key.stringValue)
    else {
      throw Self.problem(decoder, "the body holds 'row' or 'rows', one of them and nothing else")
    }
    isSingle = key.stringValue == "row"
    rows = isSingle ? [try body.decode(Row.self, forKey: key)] : try body.decode([Row].self, forKey: key)
    guard !rows.isEmpty else { throw Self.problem(decoder, "there are no rows") }
    guard rows.count <= Self.mostRows else {
      throw Self.problem(
        decoder, "there are \(rows.count) rows, and at most \(Self.mostRows) are scored at a time")
    }
  }

  fileprivate static func problem(_ decoder: any Decoder, _ text: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: decoder.codingPath, debugDescription: text))
  }

  /// - Throws: `BadBody`, with what is wrong and where.
  static func decode(_ bytes: Data) throws(BadBody) -> ScoreRequest {
    do { return try JSONDecoder().decode(Self.self, from: bytes) } catch { throw BadBody(error) }
  }
}

extension ScoreRequest.Row: Decodable {
  init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var numbers: [Double] = []
      numbers.reserveCapacity(list.count ?? 0)
      while !list.isAtEnd { numbers.append(try list.decode(Double.self)) }
      self = .numbers(numbers)
    } else if let cells = try? decoder.singleValueContainer().decode([String: JSONCell].self) {
      self = .cells(cells.mapValues(\.cell))
    } else {
      throw ScoreRequest.problem(
        decoder, "a row is a list of numbers, or an object of numbers, texts, truths and nulls")
    }
  }
}

/// A cell as JSON has it.
private struct JSONCell: Decodable {
  let cell: Cell

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      cell = .missing
    } else if let truth = try? value.decode(Bool.self) {
      cell = .truth(truth)
    } else if let number = try? value.decode(Double.self) {
      cell = .number(number)
    } else {
      cell = .text(try value.decode(String.self))
    }
  }
}

/// A body that is no request.
struct BadBody: Error {
  let description: String

  init(_ error: any Error) {
    guard let error = error as? DecodingError else {
      description = "\(error)"
      return
    }
    let context =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
        .dataCorrupted(let context):
        context
      @unknown default: DecodingError.Context(codingPath: [], debugDescription: "\(error)")
      }
    let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "'\($0.stringValue)'" }.joined()
    description = place.isEmpty ? context.debugDescription : "at \(place): \(context.debugDescription)"
  }
}
