// A Kalman filter that follows a body in the plane by noisy places, and allocates nothing while it runs.
//
// The state is place and velocity, x = (px, py, vx, vy). Every step predicts x ← F·x and P ← F·P·Fᵀ + Q, measures
// z = H·x + noise, and corrects by the gain K = P·Hᵀ·S⁻¹ with S = H·P·Hᵀ + R, solved by Cholesky.
//
// Source: Kalman, A new approach to linear filtering and prediction problems, doi:10.1115/1.3662552.

import Foundation
import LinearAlgebra

let step = 0.1
let motion: Matrix<Double> = [[1, 0, step, 0], [0, 1, 0, step], [0, 0, 1, 0], [0, 0, 0, 1]]
let measuring: Matrix<Double> = [[1, 0, 0, 0], [0, 1, 0, 0]]
let push: Matrix<Double> = [[step * step / 2, 0], [0, step * step / 2], [step, 0], [0, step]]
let processNoise = push * push.transposed * 0.04
let measuringNoise = Matrix<Double>.diagonal([1, 1])

struct Filter {
  var state = Matrix<Double>(rows: 4, columns: 1)
  var covariance = Matrix<Double>.identity(4) * 100
  // What a step needs, made once.
  private var predicted = Matrix<Double>(rows: 4, columns: 1)
  private var product = Matrix<Double>(rows: 4, columns: 4)
  private var surprise = Matrix<Double>(rows: 2, columns: 1)
  private var innovation = Matrix<Double>(rows: 2, columns: 2)
  private var seen = Matrix<Double>(rows: 2, columns: 4)
  private var gain = Matrix<Double>(rows: 2, columns: 4)
  private var factor = try! Cholesky(Matrix<Double>.identity(2))

  mutating func predict() {
    predicted.formProduct(motion.view, state.view)
    state.copy(predicted)
    product.formProduct(motion.view, covariance.view)
    covariance.copy(processNoise)
    covariance.formProduct(product.view, motion.view.transposed, beta: 1)
  }

  mutating func correct(by place: Matrix<Double>) throws(FactorizationError) {
    seen.formProduct(measuring.view, covariance.view)
    innovation.copy(measuringNoise)
    innovation.formProduct(seen.view, measuring.view.transposed, beta: 1)
    try factor.refactor(innovation)
    gain.copy(seen)
    gain.withMutableElements { factor.solve(into: &$0, rightHandSides: 4) }
    surprise.copy(place)
    surprise.formProduct(measuring.view, state.view, alpha: -1, beta: 1)
    state.formProduct(gain.view.transposed, surprise.view, beta: 1)
    covariance.formProduct(gain.view.transposed, seen.view, alpha: -1, beta: 1)
  }
}

/// Numbers of the normal distribution, the same in every run.
struct Noise {
  private var seed: UInt64 = 1
  private mutating func uniform() -> Double {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (Double(seed >> 11) + 0.5) / 0x1p53
  }
  mutating func next() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
}

var (noise, filter) = (Noise(), Filter())
var (truth, next) = (
  Matrix<Double>(rows: 4, columns: 1, elements: [0, 0, 1, 0.5]), Matrix<Double>(rows: 4, columns: 1)
)
var place = Matrix<Double>(rows: 2, columns: 1)
var (measured, filtered, count) = (0.0, 0.0, 0.0)
for time in 0..<1000 {
  next.formProduct(motion.view, truth.view)
  truth.copy(next)
  truth[2, 0] += 0.2 * step * noise.next()
  truth[3, 0] += 0.2 * step * noise.next()
  for i in 0..<2 { place[i, 0] = truth[i, 0] + noise.next() }
  filter.predict()
  try filter.correct(by: place)
  guard time >= 100 else { continue }
  for i in 0..<2 {
    measured += (place[i, 0] - truth[i, 0]) * (place[i, 0] - truth[i, 0])
    filtered += (filter.state[i, 0] - truth[i, 0]) * (filter.state[i, 0] - truth[i, 0])
  }
  count += 2
}
let (before, after) = ((measured / count).squareRoot(), (filtered / count).squareRoot())
print(String(format: "error of a place as measured: %.3f, as filtered: %.3f", before, after))
print("covariance of the state:\n\(filter.covariance)")
precondition(after < before / 3, "the filter does not help")
