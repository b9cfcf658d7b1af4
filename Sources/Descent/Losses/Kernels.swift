internal import Foundation
internal import LinearAlgebra

/// The elementwise loops of the losses.
enum Kernels {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func softmax<Element: Scalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, labels: ArraySlice<Int32>
  ) -> Double {
    check(scores.count, columns, labels.count)
    return scores.withUnsafeMutableBufferPointer { s in
      var sum = 0.0
      var base = 0
      for label in labels {
        var peak = s[base]
        for j in 1..<columns { peak = max(peak, s[base + j]) }
        let own = s[base + Int(label)] - peak
        var z: Element = 0
        for j in base..<base + columns {
          s[j] = Element(exp(Double(s[j] - peak)))
          z += s[j]
        }
        let inverse = 1 / z
        for j in base..<base + columns { s[j] *= inverse }
        s[base + Int(label)] -= 1
        sum += log(Double(z)) - Double(own)
        base += columns
      }
      return sum
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func softmax<Element: Scalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, distributions: ArraySlice<Double>
  ) -> Double {
    check(scores.count, columns, distributions.count / columns)
    return scores.withUnsafeMutableBufferPointer { s in
      distributions.withUnsafeBufferPointer { q in
        var sum = 0.0
        for base in stride(from: 0, to: s.count, by: columns) {
          var peak = s[base]
          for j in base..<base + columns { peak = max(peak, s[j]) }
          var z = 0.0
          for j in base..<base + columns { z += exp(Double(s[j] - peak)) }
          let logZ = log(z)
          for j in base..<base + columns {
            let logP = Double(s[j] - peak) - logZ
            sum -= q[j] * logP
            s[j] = Element(exp(logP) - q[j])
          }
        }
        return sum
      }
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func hinge<Element: Scalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, labels: ArraySlice<Int32>, margin: Double
  ) -> Double {
    check(scores.count, columns, labels.count)
    return scores.withUnsafeMutableBufferPointer { s in
      var sum = 0.0
      var base = 0
      for label in labels {
        let y = base + Int(label)
        let threshold = s[y] - Element(margin)
        var violations: Element = 0
        for j in base..<base + columns where j != y {
          let excess = s[j] - threshold
          sum += excess > 0 ? Double(excess) : 0
          s[j] = excess > 0 ? 1 : 0
          violations += s[j]
        }
        s[y] = -violations
        base += columns
      }
      return sum
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func squared<Element: Scalar>(_ scores: inout MutableSpan<Element>, values: ArraySlice<Double>)
    -> Double
  {
    check(scores.count, 1, values.count)
    return scores.withUnsafeMutableBufferPointer { s in
      values.withUnsafeBufferPointer { t in
        var sum = 0.0
        for i in 0..<s.count {
          let residual = Double(s[i]) - t[i]
          sum += residual * residual
          s[i] = Element(residual)
        }
        return sum / 2
      }
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func squared<Element: Scalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, labels: ArraySlice<Int32>
  ) -> Double {
    check(scores.count, columns, labels.count)
    return scores.withUnsafeMutableBufferPointer { s in
      var sum = 0.0
      var base = 0
      for label in labels {
        s[base + Int(label)] -= 1
        for j in base..<base + columns { sum += Double(s[j]) * Double(s[j]) }
        base += columns
      }
      return sum / 2
    }
  }

  private static func check(_ scores: Int, _ columns: Int, _ rows: Int) {
    precondition(scores == rows * columns, "\(scores) scores for \(rows) rows of \(columns) columns")
  }
}

/// s ← softmax(s), one row.
@specialized(where Element == Float)
@specialized(where Element == Double)
func softmax<Element: Scalar>(_ row: inout MutableSpan<Element>) {
  row.withUnsafeMutableBufferPointer { s in
    guard let peak = s.max() else { return }
    var z: Element = 0
    for j in s.indices {
      s[j] = Element(exp(Double(s[j] - peak)))
      z += s[j]
    }
    for j in s.indices { s[j] /= z }
  }
}
