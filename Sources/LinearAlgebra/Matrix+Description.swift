internal import Foundation

extension Matrix: CustomStringConvertible {
  /// The shape and, in aligned columns, the numbers to six digits; of a large matrix only its corners.
  ///
  /// ```
  /// 2 × 2 matrix of Float
  ///    1   0.5
  ///   -3  1e10
  /// ```
  public var description: String {
    let title = "\(rows) × \(columns) matrix of \(Element.self)"
    guard rows > 0, columns > 0 else { return title }
    let table = Self.shown(rows).map { row in
      Self.shown(columns).map { column in
        guard let row, let column else { return row == nil && column == nil ? "⋱" : row == nil ? "⋮" : "⋯" }
        return String(format: "%.6g", Double(self[row, column]))
      }
    }
    let widths = table[0].indices.map { column in table.map(\.[column].count).max() ?? 0 }
    let lines = table.map { cells in
      zip(cells, widths).map { "  " + String(repeating: " ", count: $1 - $0.count) + $0 }.joined()
    }
    return ([title] + lines).joined(separator: "\n")
  }

  /// Which of `count` rows or columns are printed, nil for those left out between them.
  private static func shown(_ count: Int) -> [Int?] {
    count <= 8 ? Array(0..<count) : [0, 1, 2, nil, count - 3, count - 2, count - 1]
  }
}
