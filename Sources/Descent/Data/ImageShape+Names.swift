internal import LinearAlgebra

extension ImageShape {
  /// The shape of images whose pixels are named by row and column, as `pixel_0_0` to `pixel_7_7`, or as `1x1` to `28x28`, one
  /// after the other; nil of other names.
  public init?(pixelNames names: [String]) {
    let places = names.map { name in
      name.split { !$0.isASCII || !$0.isNumber }.suffix(2).compactMap { Int($0) }
    }
    guard names.count >= 4, places.allSatisfy({ $0.count == 2 }), let first = places.first,
      let last = places.last,
      Set(names.map { $0.filter { !$0.isNumber } }).count == 1
    else { return nil }
    let (height, width) = (last[0] - first[0] + 1, last[1] - first[1] + 1)
    guard height >= 2, width >= 2, height.multipliedReportingOverflow(by: width).partialValue == names.count
    else { return nil }
    for (index, place) in places.enumerated() {
      guard place[0] - first[0] == index / width, place[1] - first[1] == index % width else { return nil }
    }
    self.init(height: height, width: width)
  }

  /// That of a square of so many pixels; nil where there is none.
  public init?(squareOf pixels: Int) {
    let side = Int(Double(pixels).squareRoot().rounded())
    guard side >= 2, side * side == pixels else { return nil }
    self.init(height: side, width: side)
  }
}
