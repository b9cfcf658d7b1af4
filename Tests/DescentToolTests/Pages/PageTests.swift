import Foundation
import Testing

/// Reports as a browser shows them, on a large and a small screen, by light and by dark.
///
/// `DESCENT_AXE` names axe-core's script, which then looks as well: see `scripts/check-pages`. `DESCENT_SCREENSHOTS` names a
/// folder for pictures of what was seen.
@Suite(
  "Reports in Chromium", .serialized, .enabled(if: Browser.program != nil, "Chromium is not installed"))
struct PageTests {
  private static let churn = [
    Tool.root + "/Data/churn/churn.csv", "--id", "customer", "--ignore", "since", "--categorical",
    "region,contract,payment", "--missing", "mean", "--quiet", "--holdout", "0.2",
  ]
  private static let environment = ProcessInfo.processInfo.environment

  /// The folder that holds it as page.html.
  private static func page(_ words: [String]) throws -> Folder {
    let folder = Folder()
    let outcome = Tool.run(words + ["--report", "page.html"], in: folder)
    try #require(outcome.code == 0, "\(outcome.errors)")
    return folder
  }

  private static func look(at folder: Folder, _ name: String) throws {
    let path = folder.path + "/page.html"
    #expect(folder.read("page.html").count < 3_000_000)
    let browser = try Browser()
    try browser.open(path)
    let check = try String(contentsOfFile: Tool.root + "/Tests/References/pages/check.js", encoding: .utf8)
    let axe = try environment["DESCENT_AXE"].map { try String(contentsOfFile: $0, encoding: .utf8) }
    if let axe { _ = try browser.evaluate(axe) }
    for isOpen in [false, true] {
      _ = try browser.evaluate("for (const d of document.querySelectorAll('details')) d.open = \(isOpen)")
      for (width, isDark) in [(1280, false), (1280, true), (400, false), (400, true)] {
        try browser.show(width: width, isDark: isDark)
        let place =
          "\(name), \(width) pixels, \(isDark ? "dark" : "light"), details \(isOpen ? "open" : "closed")"
        let problems = try #require(try browser.evaluate(check) as? [String])
        #expect(problems.isEmpty, "\(place)")
        if axe != nil { #expect(try browser.evaluate(violations) as? [String] == [], "\(place)") }
        if let folder = environment["DESCENT_SCREENSHOTS"] {
          try browser.picture().write(
            to: URL(fileURLWithPath: "\(folder)/\(name)-\(width)-\(isDark ? "dark" : "light")-\(isOpen).png"))
        }
      }
    }
    // Nothing is asked for but the page itself and what it holds.
    #expect(browser.requests.filter { !$0.hasPrefix("data:") } == ["file://\(path)"])
    #expect(browser.complaints.isEmpty)
  }

  private static let violations = """
    axe.run({ resultTypes: ['violations'] }).then((found) =>
      found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`)))
    """

  @Test func ofImages() throws {
    try Self.look(
      at: Self.page(["train", Tool.digits, "--loss", "softmax", "--holdout", "0.2", "-o", "m", "--quiet"]),
      "digits")
  }

  @Test func ofTwoClassesWithTheChoiceOfThePenalty() throws {
    let words = ["train"] + Self.churn + ["--loss", "logistic", "--l2", "auto", "--cv", "3", "-o", "m"]
    try Self.look(at: Self.page(words), "churn")
  }

  @Test func ofNumbers() throws {
    let words = ["train"] + Self.churn + ["--label", "monthly_charge", "--loss", "squared", "-o", "m"]
    try Self.look(at: Self.page(words), "numbers")
  }

  @Test func ofANetwork() throws {
    let words = [
      "--model", "network", "--hidden", "12", "--epochs", "5", "--holdout", "0.2", "-o", "m", "--quiet",
    ]
    try Self.look(at: Self.page(["train", Tool.digits] + words), "network")
  }

  @Test func ofAPath() throws {
    try Self.look(
      at: Self.page(["path"] + Self.churn + ["--loss", "logistic", "--points", "20", "-o", "p.json"]), "path")
  }

  @Test func ofAComparison() throws {
    let folder = Folder()
    for (name, l2) in [("weak", "1e-4"), ("strong", "1")] {
      let train = ["train"] + Self.churn + ["--loss", "logistic", "--l2", l2, "-o", "\(name).onnx"]
      #expect(Tool.run(train, in: folder).code == 0)
    }
    let data = Tool.root + "/Data/churn/churn.csv"
    let words = ["compare", "weak.onnx", "strong.onnx", data, "--holdout", "0.2", "--report", "page.html"]
    let outcome = Tool.run(words, in: folder)
    try #require(outcome.code == 0, "\(outcome.errors)")
    try Self.look(at: folder, "comparison")
  }

  @Test(
    .enabled(if: Tool.isRelease, "a debug binary takes minutes"),
    .enabled(if: FileManager.default.fileExists(atPath: fashion), "dataset-fashion-mnist is not installed"))
  func ofFashion() throws {
    let words = [
      "train", "\(fashion)/t10k-images-idx3-ubyte.gz", "--labels", "\(fashion)/t10k-labels-idx1-ubyte.gz",
      "--holdout", "0.2", "--tolerance", "1e-2", "-o", "m", "--quiet",
    ]
    try Self.look(at: Self.page(words), "fashion")
  }
}

private let fashion = "/usr/share/datasets/fashion-mnist"
