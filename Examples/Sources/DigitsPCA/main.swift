// The principal components of handwritten digits, 8×8 pixels, and a picture of all images along the first two.
//
//   DigitsPCA Data/digits/digits.csv digits-pca.svg

import Foundation
import LinearAlgebra

guard CommandLine.arguments.count == 3 else { fatalError("usage: DigitsPCA digits.csv picture.svg") }
let lines = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8).split(
  whereSeparator: \.isNewline)
let rows = lines.dropFirst().map { $0.split(separator: ",") }
let pixels = Matrix(rows.map { $0.dropLast().map { Double($0)! } })
let digits = rows.map { Int($0.last!)! }

// Each pixel less its mean; then A = U·diag(σ)·Vᵀ, whose rows of Vᵀ are the components and U·diag(σ) the places on them.
let means = Matrix(rows: 1, columns: pixels.columns, elements: pixels.sumOfRows) / Double(pixels.rows)
let centred = pixels - Matrix(rows: pixels.rows, columns: 1, repeating: 1) * means
let svd = try SVD(centred)
let variances = svd.singularValues.map { $0 * $0 }
let share = (variances[0] + variances[1]) / variances.reduce(0, +)
print(
  String(
    format: "%d images, rank %d; two components hold %.1f %% of the variance", pixels.rows, svd.rank,
    100 * share))
let places = centred * svd.vTransposed.rows(0..<2).view.transposed

let colours = [
  "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22",
  "#17becf",
]
var svg = """
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="-34 -34 76 68" width="760" height="680">
  <title>Handwritten digits along their first two principal components</title>
  <rect x="-34" y="-34" width="76" height="68" fill="white"/>

  """
for digit in 0..<10 {
  svg += "<g fill=\"\(colours[digit])\" fill-opacity=\"0.7\">\n"
  for i in digits.indices where digits[i] == digit {
    svg += String(format: "<circle cx=\"%.1f\" cy=\"%.1f\" r=\".35\"/>\n", places[i, 0], -places[i, 1])
  }
  svg +=
    "<text x=\"37\" y=\"\(-28 + 6 * digit)\" font-size=\"4\" font-family=\"sans-serif\">\(digit)</text>\n</g>\n"
}
try (svg + "</svg>\n").write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
precondition(
  svd.rank == 61 && abs(share - 0.285) < 0.001, "three pixels are always white, and scikit-learn says 28.5 %")
