internal import Foundation

extension Report {
  /// By which a report that was made here is known again.
  private static let maker = "<meta name=\"generator\" content=\"descent\">"

  /// Whether a file that begins with these bytes is a report.
  public static func isOwn(_ front: [UInt8]) -> Bool {
    String(decoding: front, as: UTF8.self).contains(maker)
  }

  /// The report as one file that stands alone: no scripts, nothing from a network, colours by light and by dark.
  public func html() -> String {
    var writer = HTMLWriter()
    let contents = sections.enumerated().map { ##"<a href="#s\##($0)">\##(xmlEscaped($1.title))</a>"## }
    let body = sections.enumerated().map { index, section in
      #"<section id="s\#(index)"><h2>\#(xmlEscaped(section.title))</h2>"# + "\n"
        + section.blocks.map { writer.element($0) }.joined(separator: "\n") + "\n</section>"
    }
    let tiles = highlights.map {
      "<div><strong>\(xmlEscaped($0.number))</strong><span>\(xmlEscaped($0.meaning))</span></div>"
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      \(Self.maker)
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <title>\(xmlEscaped(title))</title>
      <style>
      \(reportStyle)
      </style>
      </head>
      <body>
      <header><h1>\(xmlEscaped(title))</h1><p>\(xmlEscaped(subtitle))</p></header>
      <main>
      <div class="highlights">\(tiles.joined())</div>
      <nav aria-label="Sections">\(contents.joined(separator: " "))</nav>
      \(body.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }
}

/// Writes blocks as elements, and numbers those that need a name.
private struct HTMLWriter {
  private var charts = 0

  mutating func element(_ block: Report.Block) -> String {
    switch block {
    case .heading(let text): return "<h3>\(xmlEscaped(text))</h3>"
    case .text(let text): return "<p>\(xmlEscaped(text))</p>"
    case .code(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { xmlEscaped(String($0)) }
      return #"<pre tabindex="0"><code>\#(lines.joined(separator: "\n"))</code></pre>"#
    case .facts(let facts):
      return "<dl>" + facts.map { "<dt>\(xmlEscaped($0.name))</dt><dd>\(xmlEscaped($0.value))</dd>" }.joined()
        + "</dl>"
    case .table(let table): return self.table(table)
    case .charts(let charts): return #"<div class="charts">"# + charts.map { figure($0) }.joined() + "</div>"
    case .bars(let bars): return self.bars(bars)
    case .gallery(let pictures):
      let items = pictures.map {
        "<figure>\(image($0.png, $0.caption))<figcaption>\(xmlEscaped($0.caption))</figcaption></figure>"
      }
      return #"<div class="gallery">"# + items.joined() + "</div>"
    case .folded(let title, let blocks):
      let inside = blocks.map { element($0) }.joined(separator: "\n")
      return "<details><summary>\(xmlEscaped(title))</summary>\n\(inside)\n</details>"
    }
  }

  private func image(_ bytes: [UInt8], _ description: String) -> String {
    #"<img src="data:image/png;base64,\#(Data(bytes).base64EncodedString())" alt="\#(xmlEscaped(description))">"#
  }

  private mutating func figure(_ chart: LineChart) -> String {
    charts += 1
    let id = "c\(charts)"
    let legend = chart.lines.enumerated().map { index, line in
      #"<span><svg class="key" viewBox="0 0 28 8" aria-hidden="true"><path class="line l\#(index % 5)" d="M0 4H28"/></svg>\#(xmlEscaped(line.name))</span>"#
    }
    // Of many points some: the table is to be read.
    let tables = chart.lines.map { line in
      let step = max(1, line.points.count / 12)
      let shown = line.points.enumerated().filter {
        $0.offset % step == 0 || $0.offset == line.points.count - 1
      }.map(\.element)
      return table(
        Report.Table(
          line.name, header: [chart.x, chart.y], rows: shown.map { [Axis.text($0.x), Axis.text($0.y)] }))
    }
    return
      "<figure>\(chart.svg(id: id))<figcaption>\(xmlEscaped(chart.title))<span class=\"legend\">\(legend.joined())</span></figcaption>"
      + "<details><summary>the numbers</summary>\(tables.joined())</details></figure>"
  }

  private func table(_ table: Report.Table) -> String {
    let head = head(table.header)
    let rows = table.rows.enumerated().map { r, row in
      "<tr>"
        + row.enumerated().map { c, cell in
          if c == 0 { return #"<th scope="row">\#(xmlEscaped(cell))</th>"# }
          guard !table.shades.isEmpty, table.shades[r][c - 1] > 0 else {
            return "<td>\(xmlEscaped(cell))</td>"
          }
          return
            #"<td style="--shade:\#(String(format: "%.2f", table.shades[r][c - 1]))">\#(xmlEscaped(cell))</td>"#
        }.joined() + "</tr>"
    }
    let kind = table.shades.isEmpty ? table.isOfWords ? #" class="words""# : "" : #" class="matrix""#
    return
      #"<div class="scroll" tabindex="0" role="group" aria-label="\#(xmlEscaped(table.caption))"><table\#(kind)><caption>\#(xmlEscaped(table.caption))</caption><thead><tr>\#(head)</tr></thead><tbody>\#(rows.joined(separator: "\n"))</tbody></table></div>"#
  }

  /// A column without a name has no head.
  private func head(_ names: [String]) -> String {
    names.map { $0.isEmpty ? "<td></td>" : #"<th scope="col">\#(xmlEscaped($0))</th>"# }.joined()
  }

  private func bars(_ bars: Report.Bars) -> String {
    let most = bars.rows.map { abs($0.value) }.max() ?? 0
    let head = head(["", ""] + bars.header)
    let rows = bars.rows.map { row in
      let share = String(format: "%.1f", most > 0 ? 50 * abs(row.value) / most : 0)
      let bar =
        #"<td class="bar" aria-hidden="true"><i class="\#(row.value < 0 ? "minus" : "plus")" style="--size:\#(share)%"></i></td>"#
      let texts = row.texts.map { "<td>\(xmlEscaped($0))</td>" }.joined()
      return #"<tr><th scope="row">\#(xmlEscaped(row.name))</th>\#(bar)\#(texts)</tr>"#
    }
    return
      #"<div class="scroll" tabindex="0" role="group" aria-label="\#(xmlEscaped(bars.caption))"><table class="bars"><caption>\#(xmlEscaped(bars.caption))</caption><thead><tr>\#(head)</tr></thead><tbody>\#(rows.joined(separator: "\n"))</tbody></table></div>"#
  }
}
