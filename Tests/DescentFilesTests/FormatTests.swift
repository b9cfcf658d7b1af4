import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("Formats of data tell themselves apart")
struct FormatTests {
  private typealias Format = DataOptions.Format

  private func told(_ bytes: [UInt8], _ name: String) throws(FileError) -> Format {
    try DataFile.format(of: Input(bytes: bytes, name: name), DataOptions())
  }

  @Test func noTwoHaveOneEnding() {
    let endings = Format.allCases.flatMap(\.endings)
    #expect(Set(endings).count == endings.count && endings.allSatisfy { $0 == $0.lowercased() })
  }

  /// A record of CIFAR-10's, which is whole, and else what no format begins with.
  @Test(arguments: DataOptions.Format.allCases.filter { !$0.endings.isEmpty })
  func namesTell(_ format: DataOptions.Format) throws {
    let bytes = [UInt8](repeating: 0xff, count: CIFAR10.recordSize)
    for ending in format.endings {
      #expect(try told(bytes, "d.\(ending)") == format)
      #expect(try told(bytes, "D.\(ending.uppercased()).gz") == format)
    }
  }

  @Test(
    arguments: [
      ([0, 0, 8, 1, 0, 0], DataOptions.Format.idx), ([0x93] + Array("NUMPY".utf8) + [1, 0], .npy),
      ([0x50, 0x4b, 3, 4, 0], .npz),
    ] as [([UInt8], DataOptions.Format)])
  func firstBytesTellWhereTheNameDoesNot(_ bytes: [UInt8], _ format: DataOptions.Format) throws {
    #expect(try told(bytes, "data") == format && told(bytes, "data.bin") == format)
    // Of what is cut off within them nothing is known.
    #expect(failure { () throws(FileError) in _ = try told(Array(bytes.prefix(2)), "data") }.kind == .badData)
  }

  @Test(arguments: NumberType.allCases) func typesOfNumbersKeepTheirCodes(_ type: NumberType) throws {
    #expect(NPYType(NPYType(type).descr) == NPYType(type))
    #expect(type.idxCode.map { NumberType(idx: $0) } ?? type == type)
    #expect(type.safetensorsName.map { NumberType(safetensors: $0) } ?? type == type)
    // What is written for it holds all that it holds.
    #expect(NumberType.written.contains(type.written) && type.written.size >= type.size)
    // 1 in either order of bytes.
    let one: [UInt8] =
      switch type {
      case .float16: [0x3c, 0]
      case .float32: [0x3f, 0x80, 0, 0]
      case .float64: [0x3f, 0xf0, 0, 0, 0, 0, 0, 0]
      default: [UInt8](repeating: 0, count: type.size - 1) + [1]
      }
    #expect(type.numbers(one, isBigEndian: true) as [Double] == [1])
    #expect(type.numbers(one.reversed() + one.reversed()) as [Float] == [1, 1])
  }
}
