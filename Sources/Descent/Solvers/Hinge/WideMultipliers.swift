internal import LinearAlgebra

/// The multipliers that a wider kink would have: clip((α + σ·z + w)/(1 + 2·w), 0, 1), free where α + σ·z is less than w
/// beyond its bounds.
///
/// Their Hessian is about that of the augmented Lagrangian's mean over a neighbourhood. Where steps go so far that
/// margins become free or cease to be, it is the better model.
struct WideMultipliers<Element: KernelScalar> {
  /// `[rows, classes]`, 0 for the right class.
  let slopes: RowBuffer<Element>
  private let flags: RowBuffer<Element>

  init(over pass: Pass<Element>, classes: Int) {
    slopes = pass.buffer(columns: classes)
    flags = pass.buffer(columns: 1)
  }

  /// Sets them for a point; says which rows have a free margin.
  func load<Exact: KernelScalar>(_ point: MarginPoint<Exact>, width: Double) -> [Bool] {
    let settings = point.settings(shiftedBy: [])
    _ = point.objective.pass.sweep {
      [slopes, flags, scores = point.scores, fixed = point.fixed, labels = point.labels] range in
      let labels = labels[labels.startIndex + range.lowerBound..<labels.startIndex + range.upperBound]
      slopes.update(range) { out in
        flags.update(range) { flags in
          scores.read(range) { s in
            fixed.read(range) {
              widen($0, scores: s, labels: labels, settings, Exact(width), into: &out, flags: &flags)
            }
          }
        }
      }
      return 0
    }
    return flags.whole().read(0..<point.rows) { flags in (0..<flags.count).map { flags[$0] != 0 } }
  }
}

@inline(never)
@specialized(where Exact == Float, Element == Float)
@specialized(where Exact == Double, Element == Float)
@specialized(where Exact == Double, Element == Double)
private func widen<Exact: KernelScalar, Element: KernelScalar>(
  _ multipliers: Span<Exact>, scores: Span<Exact>, labels: ArraySlice<Int32>,
  _ settings: MultiplierSettings<Exact>, _ width: Exact, into result: inout MutableSpan<Element>,
  flags: inout MutableSpan<Element>
) {
  let columns = settings.shift.count
  require(scores.count == labels.count * columns, "\(scores.count) scores for \(labels.count) rows")
  let (strength, margin, factor) = (settings.strength, settings.margin, 1 / (1 + 2 * width))
  settings.shift.withUnsafeBufferPointer { shift in
    multipliers.withUnsafeBufferPointer { fixed in
      scores.withUnsafeBufferPointer { s in
        result.withUnsafeMutableBufferPointer { a in
          var (start, row) = (0, 0)
          for label in labels {
            let y = Int(label)
            let base = margin - (s[start + y] + shift[y])
            var free: Element = 0
            for j in 0..<columns {
              let z = s[start + j] + shift[j] + base
              let value = min(1, max(0, (fixed[start + j] + strength * z + width) * factor))
              a[start + j] = Element(Double(value))
              free += value > 0 && value < 1 && j != y ? 1 : 0
            }
            a[start + y] = 0
            flags[row] = free
            start += columns
            row += 1
          }
        }
      }
    }
  }
}
