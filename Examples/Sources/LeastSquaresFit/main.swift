// A fit by least squares of data that are known to be hard: Longley's, of which the National Institute of Standards and
// Technology has certified the coefficients. Columns that nearly depend on each other lose digits; how many, depends on
// the factorization.
//
// Source: itl.nist.gov/div898/strd/lls/data/Longley.shtml

import Foundation
import LinearAlgebra

let employed: [Double] = [
  60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331,
  70551,
]
// Prices, product, unemployed, armed forces, population, year.
let factors: Matrix<Double> = [
  [83.0, 234289, 2356, 1590, 107608, 1947], [88.5, 259426, 2325, 1456, 108632, 1948],
  [88.2, 258054, 3682, 1616, 109773, 1949], [89.5, 284599, 3351, 1650, 110929, 1950],
  [96.2, 328975, 2099, 3099, 112075, 1951], [98.1, 346999, 1932, 3594, 113270, 1952],
  [99.0, 365385, 1870, 3547, 115094, 1953], [100.0, 363112, 3578, 3350, 116219, 1954],
  [101.2, 397469, 2904, 3048, 117388, 1955], [104.6, 419180, 2822, 2857, 118734, 1956],
  [108.4, 442769, 2936, 2798, 120445, 1957], [110.8, 444546, 4681, 2637, 121950, 1958],
  [112.6, 482704, 3813, 2552, 123366, 1959], [114.2, 502601, 3931, 2514, 125368, 1960],
  [115.7, 518173, 4806, 2572, 127852, 1961], [116.9, 554894, 4007, 2827, 130081, 1962],
]
let certified = [
  -3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359,
  -0.0511041056535807,
  1829.15146461355,
]

// A column of ones for the intercept, and every column brought to length 1: the scale of columns decides what is small.
let x = Matrix(joining: [Matrix(rows: factors.rows, columns: 1, repeating: 1), factors])
let lengths = (0..<x.columns).map { Matrix(x.columns($0..<$0 + 1)).norm(.frobenius) }
let scaled = x * .diagonal(lengths.map { 1 / $0 })
print("condition: \(Int(try x.condition())), of scaled columns \(Int(try scaled.condition()))")

func digits(_ coefficients: [Double]) -> Double {
  zip(coefficients, certified).map { -log10(max(abs($0 / $1 - 1), 1e-16)) }.min()!
}

func report(_ way: String, _ solution: [Double]) {
  let coefficients = zip(solution, lengths).map { $0 / $1 }
  let name = way.padding(toLength: 34, withPad: " ", startingAt: 0)
  print(name, String(format: "%4.1f digits are the certified ones", digits(coefficients)))
}

report("QR", try QR(scaled).solve(employed))
report("QR with pivoting", try PivotedQR(scaled).solve(employed))
report("SVD", try SVD(scaled).solve(employed))
report("Cholesky of the normal equations", try Cholesky(scaled.gram).solve(scaled.view.transposed * employed))

let solution = zip(try QR(scaled).solve(employed), lengths).map { $0 / $1 }
precondition(digits(solution) > 9, "QR has lost the certified digits")
