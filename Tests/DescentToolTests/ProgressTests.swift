import Descent
import Foundation
import Testing

@testable import DescentTool

@Suite("The parts of a line of progress")
struct ProgressTests {
  @Test("are shortened from the last on, and then left out, the least important first")
  func parts() {
    var parts = StatusParts()
    parts.add("pass 1 of 2", "1/2")
    parts.add("objective 0.5", "obj 0.5", importance: 1)
    parts.add("7 rows/s", "7/s", importance: 0)
    #expect(parts.text(fitting: 40) == "pass 1 of 2  objective 0.5  7 rows/s")
    #expect(parts.text(fitting: 34) == "pass 1 of 2  objective 0.5  7/s")
    #expect(parts.text(fitting: 26) == "pass 1 of 2  obj 0.5  7/s")
    #expect(parts.text(fitting: 17) == "1/2  obj 0.5  7/s")
    #expect(parts.text(fitting: 15) == "1/2 obj 0.5 7/s")
    #expect(parts.text(fitting: 14) == "1/2  obj 0.5")
    #expect(parts.text(fitting: 2) == "1/2")
  }

  @Test("time left by epochs")
  func epochs() {
    let left = TimeLeft(passes: 10, tolerance: 1e-4, limit: nil)
    #expect(left.text(at: Milestone(seconds: 3, passes: 2, objective: 1)) == "12 s")
    let limited = TimeLeft(passes: 10, tolerance: 1e-4, limit: .seconds(5))
    #expect(limited.text(at: Milestone(seconds: 3, passes: 2, objective: 1)) == "5.0 s")
  }

  /// A gap that falls by ten each 2 s from 0.1 of the objective needs 8 s to 1e-5, whatever came first.
  @Test("time left by the gap's fall")
  func gap() {
    var left = TimeLeft(passes: nil, tolerance: 1e-5, limit: nil)
    for (seconds, gap) in [(0.0, 50.0), (2, 0.2), (4, 0.02)] {
      left.add(Milestone(seconds: seconds, passes: seconds, objective: 2, gap: gap))
    }
    let last = Milestone(seconds: 4, passes: 4, objective: 2, gap: 0.02)
    #expect(left.text(at: last) == "~6.0 s")
    left.add(Milestone(seconds: 8, passes: 8, objective: 2, gap: 0.02))
    #expect(left.text(at: last) == nil)
    let limited = TimeLeft(passes: nil, tolerance: 1e-5, limit: .seconds(500))
    #expect(limited.text(at: last) == "at most 8 min 20 s")
  }

  /// One that falls to 1 by half of what is left each second is within a tenth of the tolerance at 2⁻ⁿ = 1e-5.
  @Test("time left by the objective's fall, where nothing is proved")
  func objective() throws {
    var left = TimeLeft(passes: nil, tolerance: 1e-4, limit: nil)
    var last = Milestone(seconds: 0, passes: 0, objective: 2)
    for second in 0...8 {
      last = Milestone(seconds: Double(second), passes: 1, objective: 1 + exp2(-Double(second)))
      left.add(last)
    }
    // log₂(1e5) − 8 = 8.6
    #expect(left.text(at: last) == "~8.6 s")
  }

  @Test("a curve from the first value to the last, by logarithms where they lie far apart")
  func curve() {
    func curve(_ values: [Double], _ width: Int = 24) -> String {
      Sparkline.text(values.enumerated().map { (Double($0), $1) }, width: width)
    }
    #expect(curve([7, 6, 5, 4, 3, 2, 1, 0]) == "█▇▆▅▄▃▂▁")
    #expect(curve([1e4, 1e3, 1e2, 1e1, 1]) == "█▇▅▃▁" && curve([5, 5, 5]) == "▁▁▁")
    #expect(curve((0...100).map { 100 - Double($0) }, 5) == "█▇▅▃▁")
    #expect(Sparkline.line([Milestone(seconds: 0, passes: 1, objective: 1)]) == nil)
    let fall = (0..<3).map {
      Milestone(seconds: 0, passes: Double($0), objective: 2, gap: [2, 0.2, 0.02][$0])
    }
    #expect(Sparkline.line(fall) == "gap 100 % █▅▁ 1 %")
  }
}
