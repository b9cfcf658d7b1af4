import Descent
internal import Glibc

/// Numbers class names by their bytes, so that a row costs no string.
///
/// Open addressing; the names' bytes lie one after the other. Looking a name up takes time proportional to
/// its length.
struct ClassTable {
  private(set) var names: [String] = []
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var slots = [Int32](repeating: -1, count: 64)

  init(_ names: [String] = []) {
    for name in names { insert(Array(name.utf8), named: name) }
  }

  /// The number of a name, from 0 in the order in which they came; nil where it has none.
  func number(of name: UnsafeBufferPointer<UInt8>) -> Int32? {
    let slot = slots[slot(of: name)]
    return slot < 0 ? nil : slot
  }

  /// The bytes of the name with this number, as they were first given.
  func bytes(of number: Int) -> ArraySlice<UInt8> { bytes[ends[number]..<ends[number + 1]] }

  /// Gives a new name the next number; nil where its bytes are not UTF-8.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard let text = String(validating: name, as: UTF8.self) else { return nil }
    return insert(Array(name), named: text)
  }

  @discardableResult
  private mutating func insert(_ name: [UInt8], named text: String) -> Int32 {
    let number = Int32(names.count)
    names.append(text)
    bytes += name
    ends.append(bytes.count)
    if names.count * 2 > slots.count { rehash() }
    slots[name.withUnsafeBufferPointer { slot(of: $0) }] = number
    return number
  }

  private mutating func rehash() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for number in 0..<names.count - 1 {
      let name = bytes[ends[number]..<ends[number + 1]]
      slots[name.withUnsafeBufferPointer { slot(of: $0) }] = Int32(number)
    }
  }

  /// The slot that holds the name, or the free one where it would stand.
  private func slot(of name: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = name.fnv1a
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot] >= 0 {
      if isName(Int(slots[slot]), name) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isName(_ number: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let (start, end) = (ends[number], ends[number + 1])
    guard end - start == name.count, let other = name.baseAddress else { return end == start && name.isEmpty }
    return bytes.withUnsafeBufferPointer { memcmp($0.baseAddress! + start, other, name.count) == 0 }
  }
}

extension ClassTable {
  /// The names in the order in which classes are numbered, and for each number given here the one there.
  var ordered: (names: [String], numbers: [Int32]) {
    let ordered = Targets.ordered(Set(names))
    let numbers = Dictionary(uniqueKeysWithValues: zip(ordered, Int32(0)...))
    return (ordered, names.map { numbers[$0]! })
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A hash of short texts: Fowler, Noll and Vo's FNV-1a of 64 bits.
  var fnv1a: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in self { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
