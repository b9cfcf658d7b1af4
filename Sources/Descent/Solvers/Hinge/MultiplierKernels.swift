internal import LinearAlgebra

/// The numbers of the augmented Lagrangian that do not change while its inner problem is solved.
struct MultiplierSettings<Element: KernelScalar> {
  var strength: Element
  var margin: Element
  /// Added to every row's scores, `[classes]`.
  var shift: [Element]
}

/// What a walk over the margins sums up, each row times its weight, in one flat array so that lanes can add theirs.
struct MultiplierSums {
  let classes: Int
  var numbers: [Double]

  static func count(classes: Int) -> Int { classes * (classes + 1) + 3 }

  /// Σᵢ of the slopes of each class.
  var slopes: ArraySlice<Double> { numbers[..<classes] }
  /// Σ max(0, z)
  var hinge: Double { numbers[classes] }
  /// Σ a
  var multipliers: Double { numbers[classes + 1] }
  /// Σ a·z − (a − α)²/(2σ)
  var energy: Double { numbers[classes + 2] }
  /// How many rows of class `own` have their margin against `other` free, by weight.
  func free(_ own: Int, _ other: Int) -> Double { numbers[classes + 3 + own * classes + other] }
}

/// a ← clip(α + σ·z, 0, 1) for the margins z_j = s_j − s_y + Δ of a block; 0 for the right class.
///
/// - Parameters:
///   - weights: one a row; none where each counts for 1.
///   - flags: one a row: 2 where a margin is free (0 < a < 1), else 1 where an a is not 0, else 0.
///   - sums: as ``MultiplierSums`` lays them out; the block's are added.
@inline(never)
@specialized(where Element == Float)
@specialized(where Element == Double)
func updateMultipliers<Element: KernelScalar>(
  _ multipliers: Span<Element>, scores: Span<Element>, labels: ArraySlice<Int32>,
  weights: ArraySlice<Double>, _ settings: MultiplierSettings<Element>,
  into result: inout MutableSpan<Element>, flags: inout MutableSpan<Element>, sums: inout [Double]
) {
  let columns = settings.shift.count
  require(scores.count == labels.count * columns, "\(scores.count) scores for \(labels.count) rows")
  let (strength, margin) = (settings.strength, settings.margin)
  settings.shift.withUnsafeBufferPointer { shift in
    multipliers.withUnsafeBufferPointer { fixed in
      scores.withUnsafeBufferPointer { s in
        result.withUnsafeMutableBufferPointer { a in
          flags.withUnsafeMutableBufferPointer { flags in
            sums.withUnsafeMutableBufferPointer { sums in
              guard let shift = shift.baseAddress, var fixed = fixed.baseAddress, var s = s.baseAddress,
                var a = a.baseAddress, var flag = flags.baseAddress, let sums = sums.baseAddress
              else { return }
              var (hinge, total, energy) = (0.0, 0.0, 0.0)
              let halfInverse = 1 / (2 * strength)
              for (row, label) in labels.enumerated() {
                let y = Int(label)
                let weight = weights.isEmpty ? 1 : weights[weights.startIndex + row]
                let base = margin - (s[y] + shift[y])
                for j in 0..<columns { a[j] = s[j] + shift[j] + base }
                a[y] = -1e30  // never violated
                let free = sums + (columns + 3 + y * columns)
                var (rowHinge, rowTotal, rowEnergy, rowFree) = (
                  Element(0), Element(0), Element(0), Element(0)
                )
                for j in 0..<columns {
                  let z = a[j]
                  let value = min(1, max(0, fixed[j] + strength * z))
                  let change = value - fixed[j]
                  a[j] = value
                  rowHinge += max(0, z)
                  rowTotal += value
                  rowEnergy += value * z - change * change * halfInverse
                  sums[j] += weight * Double(value)
                  let isFree: Element = value > 0 && value < 1 ? 1 : 0
                  rowFree += isFree
                  free[j] += weight * Double(isFree)
                }
                sums[y] -= weight * Double(rowTotal)
                hinge += weight * Double(rowHinge)
                total += weight * Double(rowTotal)
                energy += weight * Double(rowEnergy)
                flag[0] = rowFree > 0 ? 2 : rowTotal > 0 ? 1 : 0
                flag += 1
                fixed += columns
                s += columns
                a += columns
              }
              sums[columns] += hinge
              sums[columns + 1] += total
              sums[columns + 2] += energy
            }
          }
        }
      }
    }
  }
}

/// Σ clip(α + σ·z, 0, 1)·(u_j − u_y) at the scores s + length·u, each row times its weight: what the line search wants to
/// know.
@inline(never)
@specialized(where Element == Float)
@specialized(where Element == Double)
func slopeAlong<Element: KernelScalar>(
  _ direction: Span<Element>, length: Element, _ multipliers: Span<Element>, scores: Span<Element>,
  labels: ArraySlice<Int32>, weights: ArraySlice<Double>, _ settings: MultiplierSettings<Element>
) -> Double {
  let columns = settings.shift.count
  let (strength, margin) = (settings.strength, settings.margin)
  return settings.shift.withUnsafeBufferPointer { shift in
    multipliers.withUnsafeBufferPointer { fixed in
      scores.withUnsafeBufferPointer { s in
        direction.withUnsafeBufferPointer { u in
          guard let shift = shift.baseAddress, var fixed = fixed.baseAddress, var s = s.baseAddress,
            var u = u.baseAddress
          else { return 0 }
          var sum = 0.0
          for (i, label) in labels.enumerated() {
            let y = Int(label)
            let own = u[y]
            let base = margin - (s[y] + shift[y] + length * own)
            var row: Element = 0
            for j in 0..<columns {
              // Zero for j = y, as u_j − u_y is.
              let z = s[j] + shift[j] + length * u[j] + base
              row += min(1, max(0, fixed[j] + strength * z)) * (u[j] - own)
            }
            sum += (weights.isEmpty ? 1 : weights[weights.startIndex + i]) * Double(row)
            fixed += columns
            s += columns
            u += columns
          }
          return sum
        }
      }
    }
  }
}

/// slopes ← (a_j for j ≠ y, −Σ a for y)
@inline(never)
@specialized(where Element == Float)
@specialized(where Element == Double)
func setSlopes<Element: KernelScalar>(
  _ slopes: inout MutableSpan<Element>, of multipliers: Span<Element>, labels: ArraySlice<Int32>, columns: Int
) {
  require(slopes.count == multipliers.count, "\(slopes.count) slopes of \(multipliers.count) multipliers")
  slopes.withUnsafeMutableBufferPointer { slopes in
    multipliers.withUnsafeBufferPointer { a in
      guard var g = slopes.baseAddress, var a = a.baseAddress else { return }
      for label in labels {
        var sum: Element = 0
        for j in 0..<columns {
          g[j] = a[j]
          sum += a[j]
        }
        g[Int(label)] = -sum
        g += columns
        a += columns
      }
    }
  }
}

/// v_j ← free_j·(v_j − v_y), v_y ← −Σ of the others: the curvature of the rows whose margins are free.
@inline(never)
@specialized(where Element == Float)
@specialized(where Element == Double)
func multiplyFree<Element: KernelScalar>(
  _ v: inout MutableSpan<Element>, _ free: Span<Element>, labels: ArraySlice<Int32>, columns: Int
) {
  require(v.count == free.count, "\(v.count) scores for \(free.count) margins")
  v.withUnsafeMutableBufferPointer { v in
    free.withUnsafeBufferPointer { free in
      guard var v = v.baseAddress, var free = free.baseAddress else { return }
      for label in labels {
        let own = v[Int(label)]
        var sum: Element = 0
        for j in 0..<columns {
          v[j] = free[j] * (v[j] - own)
          sum += v[j]
        }
        v[Int(label)] = -sum
        v += columns
        free += columns
      }
    }
  }
}
