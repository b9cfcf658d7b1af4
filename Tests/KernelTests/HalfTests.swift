import DescentKernels
import Testing

/// Every half there is, against Swift's own conversion.
@Suite struct HalfTests {
  @Test func allOfThem() {
    let halves = (0...UInt16.max).map { $0 }
    for count in [halves.count, 65_521] {  // whole vectors, and a rest
      var floats = [Float](repeating: 7, count: count + 1)
      var doubles = [Double](repeating: 7, count: count + 1)
      descent_convert_halves_float(&floats, halves, count)
      descent_convert_halves_double(&doubles, halves, count)
      for i in 0..<count {
        let half = Float16(bitPattern: halves[i])
        guard
          half.isNaN
            ? floats[i].isNaN && doubles[i].isNaN : floats[i] == Float(half) && doubles[i] == Double(half)
        else {
          Issue.record("\(halves[i]): \(floats[i]), \(doubles[i]), not \(half)")
          return
        }
        #expect(floats[i].sign == half.sign && doubles[i].sign == half.sign)
      }
      #expect(floats[count] == 7 && doubles[count] == 7)
    }
  }
}
