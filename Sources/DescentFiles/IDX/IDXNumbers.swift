internal import Descent
import LinearAlgebra

extension IDXHeader {
  /// The big-endian numbers of `bytes`.
  func numbers<Element: BinaryFloatingPoint>(_ bytes: [UInt8]) -> [Element] {
    type.numbers(bytes, isBigEndian: true)
  }

  /// Checks that the numbers, the first of which is number `first` of the file, are finite and not beyond `most`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func checkFinite<Element: BinaryFloatingPoint>(
    _ numbers: [Element], first: Int, file: String, beyond most: Double = .greatestFiniteMagnitude
  ) throws(FileError) {
    let most = Element(most)
    guard let index = numbers.firstIndex(where: { !($0.isFinite && abs($0) <= most) }) else { return }
    let place = FileError.Place.byte(length + (first + index) * type.size)
    throw FileError(
      .badData, file, at: place,
      "number \((first + index) % columns) of row \((first + index) / columns) is "
        + words(for: numbers[index]),
      remedy: "fill in finite numbers that the precision can hold")
  }

  /// Checks that nothing follows the numbers.
  func checkEnd(_ input: Input) throws(FileError) {
    guard try !input.peek(1).isEmpty else { return }
    throw FileError(
      .badData, input.name, at: .byte(length + payload),
      "more bytes follow than the header declares", remedy: "copy the file again")
  }

  func cutOff(_ input: Input, after bytes: Int) -> FileError {
    FileError(
      .badData, input.name, at: .byte(length + bytes),
      "the file ends after \(bytes) of the \(payload) bytes that its header declares",
      remedy: "copy the file again")
  }
}
