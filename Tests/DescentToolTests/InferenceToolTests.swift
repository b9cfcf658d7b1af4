import Foundation
import Testing

@Suite("inspect --inference")
struct InferenceToolTests {
  private let folder = Folder()

  /// Where statsmodels 0.15.0 says of `OLS(y, add_constant(x))` what is tested below.
  private static let wages =
    "years,firm,pay\n"
    + zip(0..<16, [3, 5, 4, 7, 6, 6, 9, 8, 11, 9, 12, 10, 14, 12, 13, 16]).map {
      "\($0),f\($0 % 4),\($1)\n"
    }.joined()

  private func train(_ text: String, _ options: String) {
    folder.write("d.csv", text)
    let words = options.split(separator: " ").map(String.init)
    let outcome = Tool.run(["train", "d.csv", "--quiet", "-o", "m"] + words, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  private func inference(_ options: String...) throws -> [String: Any] {
    let outcome = Tool.run(["inspect", "m", "--inference", "d.csv", "--json"] + options, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any]
    return try #require(object?["inference"] as? [String: Any])
  }

  private func numbers(_ inference: [String: Any], _ key: String) throws -> [Double] {
    try #require(inference["coefficients"] as? [[String: Any]]).map { try #require($0[key] as? Double) }
  }

  @Test("a table of coefficients, with names") func table() throws {
    train(Self.wages, "--loss squared --l2 0 --ignore firm")
    let found = try inference()
    for (key, expected) in [
      ("estimate", [3.426470588235295, 0.7514705882352943]),
      ("standard_error", [0.5838511783559426, 0.06632103723727024]),
      ("p", [4.0836694276194464e-05, 1.946644557384981e-08]),
      ("lower", [2.174234353172346, 0.6092261104398962]),
    ] {
      #expect(zip(try numbers(found, key), expected).allSatisfy { abs($0 - $1) < 1e-8 * abs($1) }, "\(key)")
    }
    let robust = try inference("--cluster", "firm")
    #expect(robust["clusters"] as? Int == 4 && robust["degrees_of_freedom"] as? Double == 3)
    #expect(
      try zip(numbers(robust, "standard_error"), [0.19073656058781113, 0.058255895391772235]).allSatisfy {
        abs($0 - $1) < 1e-8 * $1
      })
    let text = Tool.run(["inspect", "m", "--inference", "d.csv"], in: folder)
    let lines = text.lines.suffix(3).map { $0.split(separator: " ").map(String.init) }
    #expect(lines[0].first == "pay" && lines[0].contains("P>|t|"))
    #expect(lines[1].first == "intercept" && lines[2].first == "years")
    #expect(Tool.run(["inspect", "m", "--json"], in: folder).output.contains("\"inference\" : null"))
  }

  @Test("what forbids it is said, with what to do") func refusals() {
    func expect(_ options: String, _ words: String) {
      let outcome = Tool.run(
        ["inspect", "m", "--inference", "d.csv"] + options.split(separator: " ").map(String.init), in: folder)
      #expect(outcome.code == 65 && outcome.errors.contains { $0.contains(words) }, "\(outcome.errors)")
      #expect(outcome.output == "")
    }
    train(Self.wages, "--loss squared --l2 0 --ignore firm --holdout 0.25")
    expect("", "(it held 4 rows out); train on all rows for standard errors")
    train(Self.wages, "--loss squared --l1 0.1 --ignore firm")
    expect(
      "", "an l1 of 0.1: what it does to standard errors has no formula; train without it, or with --l2 alone"
    )
    train(Self.wages, "--loss huber --ignore firm")
    expect("", "take the standard errors from the residuals by --covariance hc1")
    train(Self.wages, "--loss squared --l2 0 --ignore firm")
    expect("--cluster nowhere", "nowhere")
    folder.write(
      "d.csv", Self.wages.replacing("f1", with: "f0").replacing("f2", with: "f0").replacing("f3", with: "f0"))
    expect("--cluster firm", "all rows are of one group")
    folder.write("d.csv", Self.wages.replacing(",16\n", with: ",17\n"))
    expect("", "these are others; give those")
    folder.write("d.csv", Self.wages)
    let unknown = Tool.run(["inspect", "m", "--inference", "d.csv", "--covariance", "hc9"], in: folder)
    #expect(unknown.code == 64 && unknown.errors.contains { $0.contains("give information, hc0 or hc1") })
  }

  @Test("categories are compared with the first of their column") func categories() throws {
    train(Self.wages, "--loss squared --l2 0 --categorical firm")
    let found = try inference()
    #expect(found["references"] as? [String] == ["firm=f0"])
    let names = try #require(found["coefficients"] as? [[String: Any]]).map { $0["feature"] as? String }
    #expect(names == [nil, "years", "firm=f1", "firm=f2", "firm=f3"])
    let text = Tool.run(["inspect", "m", "--inference", "d.csv"], in: folder).output
    #expect(text.contains("compared with firm=f0, which the others of the column tell"))
  }
}
