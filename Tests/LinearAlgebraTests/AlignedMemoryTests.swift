import LinearAlgebra
import Testing

@Suite struct AlignedMemoryTests {
  @Test(arguments: [0, 1, 7, 16, 1000])
  func numbersBeginAtACacheLine(count: Int) {
    check(ArraySlice.aligned((0..<count).map { Float($0) }), (0..<count).map { Float($0) })
    check(ArraySlice.aligned((0..<count).map { Double($0) }), (0..<count).map { Double($0) })
    check(ArraySlice.aligned((0..<count).map { UInt8($0 % 251) }), (0..<count).map { UInt8($0 % 251) })
  }

  @Test func matricesThatAreFilledDoToo() {
    let m = Matrix<Float>(rows: 3, columns: 5) { $0.initialize(repeating: 2) }
    check(m.elements, [Float](repeating: 2, count: 15))
    #expect(m == Matrix(rows: 3, columns: 5, repeating: 2))
  }

  private func check<Number: Equatable>(_ numbers: ArraySlice<Number>, _ expected: [Number]) {
    #expect(Array(numbers) == expected)
    numbers.withUnsafeBytes { #expect($0.isEmpty || Int(bitPattern: $0.baseAddress) % cacheLine == 0) }
  }
}
