/// D(t·θ) = t·linear − R*(t·V) at its best t in 0...1, for a loss with a linear conjugate: `linear` is
/// −(1/n)·Σ ℓ*(θᵢ). The sign of V is of no account.
func bestMultiple(_ linear: Double, _ v: ArraySlice<Double>, l1: Double, l2: Double) -> Double {
  let largest = v.reduce(0) { max($0, abs($1)) }
  guard linear > 0 else { return 0 }
  guard l2 > 0 else { return linear * (largest <= l1 ? 1 : l1 / largest * (1 - 1e-15)) }
  if l1 == 0 {
    let square = v.reduce(0) { $0 + $1 * $1 }
    let t = linear * l2 < square ? linear * l2 / square : 1
    return t * linear - t * t * square / (2 * l2)
  }
  // D' = linear − Σ |v|·max(0, t·|v| − l1)/l2 falls with t.
  let derivative = { (t: Double) in
    linear - v.reduce(0) { $0 + abs($1) * max(0, t * abs($1) - l1) } / l2
  }
  var (low, high) = (0.0, 1.0)
  if derivative(1) >= 0 {
    low = 1
  } else {
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if derivative(middle) > 0 { low = middle } else { high = middle }
    }
  }
  let squares = v.reduce(0) { sum, x in
    let excess = max(0, low * abs(x) - l1)
    return sum + excess * excess
  }
  return low * linear - squares / (2 * l2)
}
