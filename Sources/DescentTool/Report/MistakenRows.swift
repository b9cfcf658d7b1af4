import Descent
import DescentPictures
import LinearAlgebra

/// Rows that were taken for another class, one of each of the commonest mistakes: as images where features are pixels.
struct MistakenRows<Element: KernelScalar & StoredNumber> {
  private let rows: Dataset
  private let model: TrainedModel<Element>

  init(_ rows: Dataset, _ model: TrainedModel<Element>) { (self.rows, self.model) = (rows, model) }

  func blocks(of pairs: [(actual: Int, answer: Int)]) -> [Report.Block] {
    guard let shape = model.namedShape, case .labels(let labels) = rows.targets, !pairs.isEmpty,
      rows.offsets == nil
    else { return [] }
    let answers = model.classIndices(rows.features)
    let pictures = pairs.compactMap { pair -> (png: [UInt8], caption: String)? in
      let found = zip(labels, answers).enumerated().first {
        Int($0.element.0) == pair.actual && $0.element.1 == pair.answer
      }
      guard let row = found?.offset else { return nil }
      return (
        image(row, shape), "'\(model.classNames[pair.actual])' taken for '\(model.classNames[pair.answer])'"
      )
    }
    return [.heading("Rows that were mistaken"), .gallery(pictures)]
  }

  /// A row's pixels, from black for the least to white for the greatest number of the row.
  private func image(_ row: Int, _ shape: ImageShape) -> [UInt8] {
    var numbers = [Double](repeating: 0, count: rows.columns)
    var span = numbers.mutableSpan
    rows.features.read(row..<row + 1, into: &span)
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    // Of halves, whose differences are numbers still.
    let bytes = numbers.map {
      UInt8(high > low ? 255 * min(1, ($0 / 2 - low / 2) / (high / 2 - low / 2)) : 0)
    }
    let pixels = (0..<shape.height * shape.width).flatMap { pixel in
      (0..<3).map { bytes[shape.feature(pixel: pixel, channel: min($0, shape.channels - 1))] }
    }
    return PNG.encode(rgb: pixels, width: shape.width, height: shape.height)
  }
}
