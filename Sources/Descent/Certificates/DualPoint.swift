internal import LinearAlgebra

/// Slopes of all rows that are a point of the dual problem, and the bound that they prove.
///
/// The natural point is the loss's gradient at the scores. Given the scores of a Newton direction there is a
/// better one, gradient + Hessian·direction: near an exact Newton step its gap is of second order. Either is
/// moved into the conjugate's domain, and a shift of the scores that is common to all rows makes the slopes
/// of each output sum to zero, as the unpenalised bias asks; a model without biases asks for nothing.
struct DualPoint {
  let pass: Pass<Double>
  private let loss: any CurvedLoss
  let targets: Targets
  let columns: Int
  /// Whether the slopes of an output must sum to zero.
  var isBalanced: Bool { pass.model.hasIntercept }
  /// The gradient at the scores, `[rows, columns]`; untouched, and so without memory, where only natural points are set.
  private let slopes: RowBuffer<Double>
  /// The dual point, `[rows, columns]`.
  let point: RowBuffer<Double>

  init(_ pass: Pass<Double>, loss: any CurvedLoss, targets: Targets) {
    (self.pass, self.loss, self.targets) = (pass, loss, targets)
    columns = pass.model.outputs
    slopes = RowBuffer(rows: pass.rows, columns: columns)
    point = RowBuffer(rows: pass.rows, columns: columns)
  }

  /// The same buffers, for the gradients of another loss.
  init(_ other: DualPoint, loss: any CurvedLoss) {
    (pass, self.loss, targets, columns) = (other.pass, loss, other.targets, other.columns)
    (slopes, point) = (other.slopes, other.point)
  }

  /// Mean slopes of an output below this are rounding.
  private static let balanced = 1e-15

  /// point ← ∇ℓ(scores + shift), the shift found by damped Newton steps. Returns Σ_j |mean slope of output j|.
  func setNatural(_ scores: RowBuffer<Double>) -> Double {
    var shift = [Double](repeating: 0, count: columns)
    // The slopes are made where the point will be: two buffers would double the memory.
    var value = evaluate(scores, shift, into: point)
    for _ in 0..<100 where isBalanced {
      let means = columnMeans(point)
      guard largest(means) > Self.balanced else { break }
      let step = ShiftCurvature(pass, loss: loss, targets: targets, slopes: point).solve(means)
      let (start, before) = (shift, value)
      var length = 1.0
      repeat {
        shift = zip(start, step).map { $0 - length * $1 }
        value = evaluate(scores, shift, into: point)
        length /= 2
      } while value > before && length > 1e-9
      guard value < before else {
        // Rounding is all that is left.
        value = evaluate(scores, start, into: point)
        break
      }
    }
    return settle { _, _ in }
  }

  /// point ← ∇ℓ + ∇²ℓ·(direction + shift), likewise.
  func setTight(_ scores: RowBuffer<Double>, _ direction: RowBuffer<Double>) -> Double {
    _ = evaluate(scores, [Double](repeating: 0, count: columns), into: slopes)
    let curvature = ShiftCurvature(pass, loss: loss, targets: targets, slopes: slopes)
    var shift = [Double](repeating: 0, count: columns)
    var rest = Double.infinity
    for _ in 0..<30 {
      rest = settle { [shift, columns, loss, targets, slopes] range, θ in
        direction.read(range) { addToRows($0, shift, into: &θ) }
        slopes.read(range) { g in
          loss.multiplyHessian(&θ, slopes: g, columns: columns, targets: targets[range])
          add(g, to: &θ)
        }
      }
      let means = columnMeans(point)
      guard isBalanced, largest(means) > Self.balanced else { break }
      shift = zip(shift, curvature.solve(means)).map { $0 - $1 }
    }
    return rest
  }

  /// Fills the point block by block and moves it into the domain; returns Σ_j |mean slope of output j|.
  private func settle(_ fill: @Sendable (Range<Int>, inout MutableSpan<Double>) -> Void) -> Double {
    _ = pass.sweep { [loss, columns, targets, point] range in
      point.update(range) { θ in
        fill(range, &θ)
        loss.clip(&θ, columns: columns, targets: targets[range])
      }
      return 0
    }
    return isBalanced ? columnMeans(point).reduce(0) { $0 + abs($1) } : 0
  }

  /// slopes ← ∇ℓ(scores + shift); returns the mean loss.
  private func evaluate(
    _ scores: RowBuffer<Double>, _ shift: [Double], into slopes: RowBuffer<Double>
  ) -> Double {
    let sum = pass.sweep { [loss, columns, targets] range in
      slopes.update(range) { s in
        scores.read(range) { addToRows($0, shift, into: &s) }
        return loss.evaluate(&s, columns: columns, targets: targets[range])
      }
    }
    return sum / Double(pass.rows)
  }

  func columnMeans(_ buffer: RowBuffer<Double>) -> [Double] {
    pass.sweep(summing: columns) { range, sums in buffer.read(range) { addRows($0, to: &sums) } }
      .map { $0 / Double(pass.rows) }
  }

  private func largest(_ means: [Double]) -> Double { means.reduce(0) { max($0, abs($1)) } }
}
