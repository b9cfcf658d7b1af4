internal import DescentKernels
internal import LinearAlgebra

/// A number type that features may be stored in: bytes of an image, `Float16`, `Float` or `Double`.
public protocol StoredNumber: BitwiseCopyable, Sendable {
  /// The number in a model's precision: exact but from `Double` to `Float`, where it is the nearest one, or infinite.
  func converted<Element: KernelScalar>() -> Element
}

extension UInt8: StoredNumber {
  @inlinable public func converted<Element: KernelScalar>() -> Element { Element(self) }
}

extension Float16: StoredNumber {
  public func converted<Element: KernelScalar>() -> Element { Element(self) }
}

extension Float: StoredNumber {
  @inlinable public func converted<Element: KernelScalar>() -> Element { Element(self) }
}

extension Double: StoredNumber {
  @inlinable public func converted<Element: KernelScalar>() -> Element { Element(self) }
}

/// to[i] ← from[i], converted; bytes, halves and floats by kernels, since they come by the million.
@inline(__always)
func convert<Stored: StoredNumber, Element: KernelScalar>(
  _ from: UnsafePointer<Stored>, _ to: UnsafeMutablePointer<Element>, _ count: Int
) {
  let (source, target) = (UnsafeRawPointer(from), UnsafeMutableRawPointer(to))
  if Stored.self == Element.self {
    target.copyMemory(from: source, byteCount: count * MemoryLayout<Stored>.size)
  } else if Stored.self == UInt8.self {
    Element.convert(to, bytes: source.of(UInt8.self), count: count)
  } else if Stored.self == Float16.self {
    Element.convert(to, halves: source.of(UInt16.self), count: count)
  } else if Stored.self == Float.self {
    Element.convert(to, floats: source.of(Float.self), count: count)
  } else {
    for i in 0..<count { to[i] = from[i].converted() }
  }
}

@specialized(where Stored == Float16)
@specialized(where Stored == Float)
@specialized(where Stored == Double)
func firstNonFiniteIndex<Stored: StoredNumber>(_ numbers: UnsafeBufferPointer<Stored>) -> Int? {
  guard let start = numbers.baseAddress.map({ UnsafeRawPointer($0) }) else { return nil }
  if Stored.self == Float.self, Float.areFinite(start.of(Float.self), count: numbers.count) { return nil }
  if Stored.self == Double.self, Double.areFinite(start.of(Double.self), count: numbers.count) {
    return nil
  }
  if Stored.self == Float16.self, areFinite(halves: start.of(Int16.self), numbers.count) { return nil }
  return numbers.firstIndex { !($0.converted() as Double).isFinite }
}

/// The first number that is not finite, or beyond.
func firstUnfitIndex<Stored: StoredNumber>(_ numbers: UnsafeBufferPointer<Stored>, _ most: Double) -> Int? {
  [firstNonFiniteIndex(numbers), firstIndex(beyond: most, numbers)].compactMap { $0 }.min()
}

/// The first number whose magnitude is beyond `most`, where some can be: in double precision alone.
func firstIndex<Stored: StoredNumber>(
  beyond most: Double, _ numbers: UnsafeBufferPointer<Stored>
) -> Int? {
  guard Stored.self == Double.self, most < .greatestFiniteMagnitude, let start = numbers.baseAddress else {
    return nil
  }
  let doubles = UnsafeBufferPointer(start: UnsafeRawPointer(start).of(Double.self), count: numbers.count)
  return doubles.firstIndex { abs($0) > most }
}

/// An infinity's exponent is all ones, and so is that of what is no number.
private func areFinite(halves bits: UnsafePointer<Int16>, _ count: Int) -> Bool {
  let exponent: Int16 = 0x7c00
  var largest: Int16 = 0
  for i in 0..<count { largest = max(largest, bits[i] & exponent) }
  return largest < exponent
}
