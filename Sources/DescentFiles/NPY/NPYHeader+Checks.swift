internal import Descent
import LinearAlgebra

extension NPYHeader {
  /// Checks that the numbers, the first of which is number `first` of the file, are finite and not beyond `most`, or NaN
  /// where that is allowed.
  func checkFinite<Element: BinaryFloatingPoint>(
    _ numbers: [Element], first: Int, file: String, beyond most: Double = .greatestFiniteMagnitude,
    allowingNaN: Bool = false
  ) throws(FileError) {
    guard let index = firstUnfit(numbers, beyond: Element(most), allowingNaN) else { return }
    let number = first + index
    let (row, column) =
      isFortran && shape.count > 1
      ? (number % rows, places.firstIndex(of: number / rows)!) : (number / columns, number % columns)
    throw FileError(
      .badData, file, at: .byte(length + number * type.size),
      "row \(row), number \(column) is \(words(for: numbers[index]))",
      remedy: "fill in finite numbers that the precision can hold")
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func firstUnfit<Element: BinaryFloatingPoint>(
    _ numbers: [Element], beyond most: Element, _ allowingNaN: Bool
  ) -> Int? {
    // Integers of 64 bits are finite in Float too.
    guard type.number.isFloating else { return nil }
    return numbers.firstIndex { !($0.isFinite && abs($0) <= most) && !(allowingNaN && $0.isNaN) }
  }

  /// Checks that nothing follows the numbers.
  func checkEnd(_ input: Input) throws(FileError) {
    guard try !input.peek(1).isEmpty else { return }
    throw trailing(input)
  }

  /// The same, of a file whose size is known.
  func checkSize(_ input: Input) throws(FileError) {
    if let size = input.size, size > length + payload { throw trailing(input) }
  }

  private func trailing(_ input: Input) -> FileError {
    FileError(
      .badData, input.name, at: .byte(length + payload), "more bytes follow than the header declares",
      remedy: "copy the file again")
  }

  func cutOff(_ input: Input, after bytes: Int) -> FileError {
    FileError(
      .badData, input.name, at: .byte(length + bytes),
      "the file ends after \(bytes) of the \(payload) bytes that its header declares",
      remedy: "copy the file again")
  }
}
