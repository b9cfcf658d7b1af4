import Foundation
import Testing

/// Pages about models, from the command line.
@Suite struct ReportToolTests {
  private static let digits = Tool.digits
  private static let churn = Tool.root + "/Data/churn/churn.csv"

  private static func page(_ name: String, in folder: Folder) -> String {
    String(decoding: folder.read(name), as: UTF8.self)
  }

  @Test func trainingTellsHowItWent() {
    let folder = Folder()
    let words = [
      "train", Self.digits, "--loss", "softmax", "--holdout", "0.2", "-o", "m.onnx", "--report", "m.html",
    ]
    let outcome = Tool.run(words, in: folder)
    #expect(outcome.code == 0)
    let html = Self.page("m.html", in: folder)
    #expect(html.contains("How the training went") && html.contains("No weights whatever"))
    for part in [
      "ℓ(s, y) = log Σ_j exp(s_j) − s_y", "R(W) = l1·‖W‖₁ + (l2/2)·‖W‖², with l1 = 0, l2 = 0.0001",
      "What was minimised, by seconds", "loss on the rows trained on", "loss on the rows held out",
      "Whether it is right as often as it is sure", "The proved gap to the best possible, by passes",
      "auto: each is brought to mean 0 and σ 1",
    ] { #expect(html.contains(part), "\(part)") }
    // The accuracy that was printed.
    let accuracy = outcome.errors.compactMap { $0.firstMatch(of: /^test accuracy ([0-9.]+ %)/)?.output.1 }
    #expect(accuracy.count == 1 && html.contains("<strong>\(accuracy[0])</strong>"))
    // Names such as pixel_0_7 make pictures of the templates, and of rows that were mistaken.
    #expect(html.contains("A template a class") && html.contains("taken for"))
    // The same page again, from the model and the rows.
    let again = ["report", "m.onnx", Self.digits, "--holdout", "0.2", "-o", "again.html"]
    #expect(Tool.run(again, in: folder).code == 0)
    let other = Self.page("again.html", in: folder)
    // The page names the rows as they are in the file, and its own command.
    let mistake = html.firstMatch(of: /row ([0-9]+): '/)?.output.1
    #expect(mistake != nil && other.contains("row \(mistake ?? ""): '"))
    #expect(other.contains("descent report m.onnx"))
    // Of rows that were trained on it says so.
    let known = Tool.run(["report", "m.onnx", Self.digits, "-o", "known.html"], in: folder)
    #expect(known.errors.contains { $0.contains("new rows may tell of it worse") })
    #expect(Self.page("known.html", in: folder).contains("new rows may tell of it worse"))
    #expect(!other.contains("new rows may tell of it worse"))
    #expect(other.contains("<strong>\(accuracy[0])</strong>") && !other.contains("How the training went"))
  }

  @Test func classesAndNumbersHavePicturesOfTheirOwn() {
    let folder = Folder()
    let options = [
      "--id", "customer", "--ignore", "since", "--categorical", "region,contract,payment", "--missing",
      "mean", "--quiet",
    ]
    let two = ["train", Self.churn, "-o", "m", "--report", "two.html"] + options
    #expect(Tool.run(two, in: folder).code == 0)
    let classes = Self.page("two.html", in: folder)
    for part in [
      "ROC", "precision", "Whether probabilities come true", "What speaks for 'yes'", "odds ×",
      "what spoke for it most",
    ] {
      #expect(classes.contains(part), "\(part)")
    }
    let number =
      [
        "train", Self.churn, "-o", "n", "--report", "n.html", "--label", "monthly_charge", "--loss",
        "squared",
      ] + options
    #expect(Tool.run(number, in: folder).code == 0)
    let numbers = Self.page("n.html", in: folder)
    for part in ["Where it errs", "By tenths of the predictions", "What speaks for 'monthly_charge'"] {
      #expect(numbers.contains(part), "\(part)")
    }
  }

  @Test func nothingOfOthersIsLost() {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    folder.write("mine.html", "<p>mine</p>")
    let outcome = Tool.run(["train", "points.csv", "--report", "mine.html"], in: folder)
    #expect(outcome.code == 73)
    #expect(Self.page("mine.html", in: folder) == "<p>mine</p>")
    #expect(Tool.run(["train", "points.csv", "--report", "page.pdf"], in: folder).code == 64)
    let quiet = Tool.run(["train", "points.csv", "--report", "page.html", "--quiet"], in: folder)
    #expect(quiet.code == 0 && quiet.errors.isEmpty, "\(quiet.errors)")
    #expect(Tool.run(["train", "points.csv", "--report", "page.html", "--quiet"], in: folder).code == 0)
  }

  /// How a penalty was chosen, a path and a comparison have theirs.
  @Test func choicesPathsAndComparisons() {
    let folder = Folder()
    let options = [
      "--id", "customer", "--ignore", "since", "--categorical", "region,contract,payment", "--missing",
      "mean", "--quiet", "--holdout", "0.2", "--loss", "logistic",
    ]
    let choice = ["train", Self.churn, "--l2", "auto", "--cv", "2", "-o", "a.onnx", "--report", "a.html"]
    #expect(Tool.run(choice + options, in: folder).code == 0)
    #expect(Self.page("a.html", in: folder).contains("How the penalty was chosen"))
    let path = ["path", Self.churn, "--points", "3", "-o", "p.json", "--report", "p.html"]
    #expect(Tool.run(path + options, in: folder).code == 0)
    let points = Self.page("p.html", in: folder)
    #expect(
      points.contains("A path of penalties") && points.contains("3 of 3")
        && points.contains("contract=monthly"))
    #expect(Tool.run(["train", Self.churn, "--l2", "1", "-o", "b.onnx"] + options, in: folder).code == 0)
    let compare = [
      "compare", "a.onnx", "b.onnx", Self.churn, "--holdout", "0.2", "--report", "c.html",
    ]
    #expect(Tool.run(compare, in: folder).code == 0)
    let page = Self.page("c.html", in: folder)
    #expect(
      page.contains("2 models compared") && page.contains("b.onnx less a.onnx") && page.contains("McNemar"))
    #expect(Tool.run(compare.dropLast() + ["a.onnx"], in: folder).code == 64)
  }

  @Test func aNetworksFirstLayerIsDrawn() {
    let folder = Folder()
    let train = [
      "train", Self.digits, "--model", "network", "--hidden", "12", "--epochs", "2", "-o", "net.onnx",
      "--quiet",
    ]
    #expect(Tool.run(train, in: folder).code == 0)
    let outcome = Tool.run(["templates", "net.onnx", "-o", "net.svg"], in: folder)
    #expect(outcome.code == 0 && outcome.errors.contains { $0.contains("as images of 8 × 8") })
    let svg = Self.page("net.svg", in: folder)
    #expect(svg.contains(">unit 12<") && !svg.contains(">unit 13<"))
  }
}
