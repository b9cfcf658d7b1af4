import DescentPictures
import Foundation
import Testing

/// A report stands alone, and holds no text as markup.
@Suite struct ReportTests {
  private static let hostile = #"<script>alert("1")</script> & 'x' "#

  private static func report() -> Report {
    let line = LineChart.Line(hostile, [(0, 1e-3), (1, 10), (2, .nan)])
    let charts = [false, true].map {
      LineChart(hostile, x: "x", y: "y", lines: [line, LineChart.Line("two", [(0.5, 2)])], isLogarithmic: $0)
    }
    let blocks: [Report.Block] = [
      .heading(hostile), .text(hostile), .code(hostile), .facts([(hostile, hostile)]),
      .table(Report.Table(hostile, header: [hostile, "b"], rows: [[hostile, "1"]], shades: [[0.5]])),
      .bars(Report.Bars(hostile, header: ["n"], rows: [(hostile, -1, [hostile]), ("b", 2, ["2"])])),
      .gallery([(PNG.encode(rgb: [0, 0, 0], width: 1, height: 1), hostile)]),
      .folded(hostile, [.text("inside")]),
    ]
    let sections = [Report.Section(hostile, blocks + [.charts(charts)])]
    return Report(
      hostile, subtitle: hostile, highlights: [Report.Highlight("1 %", hostile)], sections: sections)
  }

  @Test func holdsNoMarkupOfItsTexts() {
    let html = Self.report().html()
    #expect(!html.contains("<script") && !html.contains("alert(\"1\")"))
    #expect(Report.isOwn(Array(html.utf8.prefix(1024))))
    #expect(!Report.isOwn(Array("<!doctype html><html>".utf8)))
  }

  /// Nothing is asked of a network, and nothing runs.
  @Test func standsAlone() {
    let html = Self.report().html()
    for word in ["http://", "https://", "src=\"/", "url(", "onclick", "javascript:"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
  }

  /// What is opened is closed, in order, and every name is given once and found.
  @Test func isWellFormed() throws {
    let html = Self.report().html()
    var open: [String] = []
    for match in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
      let name = String(match.output.2)
      if ["meta", "img", "doctype"].contains(name) || !match.output.3.isEmpty { continue }
      if match.output.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
    }
    #expect(open.isEmpty)
    let names = html.matches(of: /\ id="([^"]+)"/).map { String($0.output.1) }
    #expect(Set(names).count == names.count)
    for match in html.matches(of: /(?:href="#|labelledby=")([^"]+)"/) {
      for name in match.output.1.split(separator: " ") { #expect(names.contains(String(name))) }
    }
  }

  /// A point alone is seen; and numbers at both ends of what there is are drawn at the edges.
  @Test(
    arguments: [[1.0], [.leastNonzeroMagnitude, 1e308], [-1e308, 1e308], [0, .leastNonzeroMagnitude]],
    [false, true])
  func anyPointsAreDrawn(_ numbers: [Double], isLogarithmic: Bool) {
    let points = numbers.map { (x: $0, y: $0) }
    let chart = LineChart(
      "t", x: "x", y: "y", lines: [LineChart.Line("l", points)], isLogarithmic: isLogarithmic)
    let circles = chart.svg(id: "c").matches(of: /<circle/).count
    #expect(circles == numbers.count { !isLogarithmic || $0 > 0 })
    #expect(!chart.svg(id: "c").contains("nan") && !chart.svg(id: "c").contains("inf"))
  }

  /// Round numbers, of which the outer ones hold all points.
  @Test(arguments: [
    (0.0, 1.0), (-0.3, 0.0), (1e-9, 2e-9), (5, 5), (-3e7, 8e7), (0, 45_000), (10_000, 10_010),
    (0, 0.30000000000000004),
  ])
  func ticksAreRound(low: Double, high: Double) throws {
    let chart = LineChart("t", x: "x", y: "y", lines: [LineChart.Line("l", [(low, 1), (high, 2)])])
    let svg = chart.svg(id: "c")
    let ticks = svg.matches(of: /<text x="[^"]+" y="286.0" text-anchor="middle">([^<]+)</).compactMap {
      let unit = $0.output.1.last
      let text = $0.output.1.filter { !"kM".contains($0) }
      return Double(text.replacingOccurrences(of: "−", with: "-"))
        .map { $0 * (unit == "k" ? 1e3 : unit == "M" ? 1e6 : 1) }
    }
    #expect((3...13).contains(ticks.count), "\(ticks)")
    #expect(ticks.first! <= low && ticks.last! >= high * (1 - 1e-12), "\(ticks)")
    let steps = zip(ticks, ticks.dropFirst()).map { $1 - $0 }
    for step in steps { #expect(abs(step - steps[0]) <= 1e-3 * steps[0]) }
  }
}
