internal import Descent

extension NPYHeader {
  /// Of `[rows, height, width]` and `[rows, height, width, channels]`, as of PyTorch's `[rows, channels, height, width]`.
  var imageShape: ImageShape? {
    switch shape.count {
    case 3: ImageShape(height: shape[1], width: shape[2])
    case 4 where [1, 3].contains(shape[1]) && shape[3] > 4:
      ImageShape(height: shape[2], width: shape[3], channels: shape[1], isPlanar: true)
    case 4: ImageShape(height: shape[1], width: shape[2], channels: shape[3])
    default: nil
    }
  }

  /// Whether row lies behind row, each with its numbers in their order.
  var isInRows: Bool { !isFortran || columns == 1 || rows == 1 && shape.count == 2 }

  /// The numbers row after row, of an array that lies column after column too.
  func ordered<Number>(_ numbers: [Number]) -> [Number] {
    guard !isInRows else { return numbers }
    let rows = transposed(numbers, self.rows, columns)
    guard shape.count > 2 else { return rows }
    return stride(from: 0, to: rows.count, by: columns).flatMap { start in places.map { rows[start + $0] } }
  }

  /// Where each number of a row stands among them as they are stored, the first dimension counting fastest.
  var places: [Int] {
    guard isFortran else { return Array(0..<columns) }
    var (places, step) = ([0], 1)
    for size in shape.dropFirst() {
      places = places.flatMap { place in (0..<size).map { place + $0 * step } }
      step *= size
    }
    return places
  }
}
