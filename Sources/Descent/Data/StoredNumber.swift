internal import DescentKernels
public import LinearAlgebra

/// A number type that features may be stored in: bytes of an image, `Float16`, `Float` or `Double`.
public protocol StoredNumber: BitwiseCopyable, Sendable {
  func converted<Element: Scalar>() -> Element
}

extension UInt8: StoredNumber {
  @inlinable public func converted<Element: Scalar>() -> Element { Element(self) }
}

extension Float16: StoredNumber {
  public func converted<Element: Scalar>() -> Element { Element(self) }
}

extension Float: StoredNumber {
  @inlinable public func converted<Element: Scalar>() -> Element { Element(self) }
}

extension Double: StoredNumber {
  @inlinable public func converted<Element: Scalar>() -> Element { Element(self) }
}

/// to[i] ← from[i], converted; bytes, halves and floats by kernels, since they come by the million.
@inline(__always)
func convert<Stored: StoredNumber, Element: Scalar>(
  _ from: UnsafePointer<Stored>, _ to: UnsafeMutablePointer<Element>, _ count: Int
) {
  let (source, target) = (UnsafeRawPointer(from), UnsafeMutableRawPointer(to))
  if Stored.self == Element.self {
    target.copyMemory(from: source, byteCount: count * MemoryLayout<Stored>.size)
  } else if Stored.self == UInt8.self && Element.self == Float.self {
    descent_convert_bytes_float(target.of(Float.self), source.of(UInt8.self), 1, count)
  } else if Stored.self == UInt8.self && Element.self == Double.self {
    descent_convert_bytes_double(target.of(Double.self), source.of(UInt8.self), 1, count)
  } else if Stored.self == Float16.self && Element.self == Float.self {
    descent_convert_halves_float(target.of(Float.self), source.of(UInt16.self), count)
  } else if Stored.self == Float16.self && Element.self == Double.self {
    descent_convert_halves_double(target.of(Double.self), source.of(UInt16.self), count)
  } else if Stored.self == Float.self && Element.self == Double.self {
    descent_convert_floats_double(target.of(Double.self), source.of(Float.self), count)
  } else {
    for i in 0..<count { to[i] = from[i].converted() }
  }
}

@specialized(where Stored == Float16)
@specialized(where Stored == Float)
@specialized(where Stored == Double)
func firstNonFiniteIndex<Stored: StoredNumber>(_ numbers: UnsafeBufferPointer<Stored>) -> Int? {
  guard let start = numbers.baseAddress.map({ UnsafeRawPointer($0) }) else { return nil }
  if Stored.self == Float.self, descent_are_finite_float(start.of(Float.self), numbers.count) { return nil }
  if Stored.self == Double.self, descent_are_finite_double(start.of(Double.self), numbers.count) {
    return nil
  }
  if Stored.self == Float16.self, areFinite(halves: start.of(Int16.self), numbers.count) { return nil }
  return numbers.firstIndex { !($0.converted() as Double).isFinite }
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
