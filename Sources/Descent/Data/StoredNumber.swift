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
  // x·0 is 0 for finite numbers alone; eight sums, so that the loop runs in vector registers.
  var sums = SIMD8<Double>(repeating: 0)
  var i = 0
  while i + 8 <= numbers.count {
    for lane in 0..<8 { sums[lane] += 0 * (numbers[i + lane].converted() as Double) }
    i += 8
  }
  while i < numbers.count {
    sums[0] += 0 * (numbers[i].converted() as Double)
    i += 1
  }
  guard !(sums.sum() == 0) else { return nil }
  return numbers.firstIndex { !($0.converted() as Double).isFinite }
}
