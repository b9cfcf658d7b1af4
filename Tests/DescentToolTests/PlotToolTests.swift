import DescentPictures
import Foundation
import Testing

/// Pictures, one a file.
@Suite("descent plot")
struct PlotToolTests {
  private static let churn = Tool.root + "/Data/churn/churn.csv"
  private static let options = [
    "--id", "customer", "--ignore", "since", "--categorical", "region,contract,payment", "--missing", "mean",
    "--quiet",
  ]

  private static func run(_ words: String, in folder: Folder) -> Tool.Outcome {
    Tool.run(words.split(separator: " ").map(String.init), in: folder)
  }

  /// The texts of a picture, in the order of their elements.
  private static func texts(_ svg: String) -> [String] {
    #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
    return svg.matches(of: /<text [^>]*>([^<]*)<\/text>/).map { String($0.output.1) }
  }

  @Test func curvesOfOneTrainingAndOfSeveral() {
    let folder = Folder()
    let name = String(repeating: "a-long-name-", count: 8)
    for (metrics, solver) in [("a.json", "lbfgs"), ("\(name)b.json", "newton")] {
      let train = "train \(Tool.digits) --loss softmax --solver \(solver) --metrics \(metrics) -o m --quiet"
      #expect(Self.run(train, in: folder).code == 0)
    }
    let one = Self.texts(Self.run("plot curves a.json", in: folder).output)
    #expect(
      one.contains { $0.hasPrefix("descent train") } && one.contains("proved gap")
        && one.contains("objective"))
    #expect(!one.contains("loss on rows held out"))
    #expect(Self.run("plot curves a.json \(name)b.json --of gap --by seconds -o b.svg", in: folder).code == 0)
    let several = Self.texts(String(decoding: folder.read("b.svg"), as: UTF8.self))
    // No name is cut: the end of one tells it from others.
    #expect(
      several.contains("a.json") && several.joined().contains("\(name)b.json") && several.contains("seconds"))
    // The tool's own file is replaced, another is not.
    #expect(Self.run("plot curves a.json -o b.svg", in: folder).code == 0)
    #expect(Self.run("plot curves \(name)b.json -o a.json", in: folder).code == 64)
    folder.write("mine.svg", Array("<svg/>".utf8))
    #expect(Self.run("plot curves a.json -o mine.svg", in: folder).code == 73)
  }

  @Test func picturesOfHowGoodAModelIs() {
    let folder = Folder()
    #expect(
      Tool.run(["train", Self.churn, "--loss", "logistic", "-o", "two"] + Self.options, in: folder).code == 0)
    for (kind, axis) in [
      ("roc", "false positive rate"), ("precision", "recall"), ("reliability", "frequency"),
      ("thresholds", "threshold on the probability"),
    ] {
      let outcome = Self.run("plot \(kind) two \(Self.churn)", in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(Self.texts(outcome.output).contains(axis))
    }
    #expect(Self.run("plot residuals two \(Self.churn)", in: folder).code == 65)
    // As the training's: a fifth of the rows, which are others than all.
    let (all, some) = (
      Self.run("plot confusion two \(Self.churn)", in: folder),
      Self.run("plot confusion two \(Self.churn) --holdout 0.2", in: folder)
    )
    func rows(_ svg: String) -> Int { Self.texts(svg).compactMap { Int($0) }.reduce(0, +) }
    let lines =
      String(decoding: FileManager.default.contents(atPath: Self.churn)!, as: UTF8.self)
      .split(separator: "\n").count - 1
    #expect(rows(all.output) == lines)
    #expect(abs(Double(rows(some.output)) - 0.2 * Double(lines)) < 2)
    let number =
      ["train", Self.churn, "--label", "monthly_charge", "--loss", "squared", "-o", "n"] + Self.options
    #expect(Tool.run(number, in: folder).code == 0)
    #expect(
      Self.texts(Self.run("plot residuals n \(Self.churn)", in: folder).output).contains("mean error"))
    #expect(
      Self.texts(Self.run("plot predictions n \(Self.churn)", in: folder).output).contains("mean target"))
    let refusal = Self.run("plot roc n \(Self.churn)", in: folder)
    #expect(refusal.code == 65 && refusal.errors.contains { $0.contains("'descent plot residuals'") })
    #expect(Self.run("plot weights n -o n.svg", in: folder).code == 0)
  }

  @Test func aPathFromItsFile() {
    let folder = Folder()
    #expect(
      Self.run("path \(Tool.digits) --loss softmax --points 4 --output p.json --quiet", in: folder).code == 0)
    #expect(Self.run("plot path p.json -o p.svg", in: folder).code == 0)
    // The same picture as with the path itself.
    #expect(
      Self.run(
        "path \(Tool.digits) --loss softmax --points 4 --output q.json --picture q.svg --quiet", in: folder
      ).code == 0)
    #expect(folder.read("p.svg") == folder.read("q.svg"))
    // Of one point, too, it is known what would fall.
    let one =
      "path \(Tool.digits) --loss softmax --along l2 --points 1 --output one.json --picture one.svg --quiet"
    #expect(Self.run(one, in: folder).code == 0)
    #expect(
      Self.texts(String(decoding: folder.read("one.svg"), as: UTF8.self)).contains { $0.hasPrefix("l2,") })
    let wrong = Self.run("plot curves p.json", in: folder)
    #expect(wrong.code == 65 && wrong.errors.contains { $0.contains("'descent plot path'") })
    #expect(String(decoding: folder.read("p.svg"), as: UTF8.self).contains("drawn by descent"))
  }

  /// By the renderer where there is one; else the command that draws by words names what to do, and templates go without.
  @Test func aPNGHasItsWords() {
    let folder = Folder()
    let train = "train \(Tool.digits) --loss softmax --solver lbfgs --metrics m.json -o m.onnx --quiet"
    #expect(Self.run(train, in: folder).code == 0)
    let isInstalled = SVGRenderer.isInstalled
    let curves = Self.run("plot curves m.json -o c.png", in: folder)
    #expect(curves.code == (isInstalled ? 0 : 73), "\(curves.errors)")
    #expect(Self.run("templates m.onnx -o t.png", in: folder).code == 0)
    if isInstalled {
      #expect(folder.read("c.png").starts(with: [137, 80, 78, 71]))
      // The tool's own file is replaced.
      #expect(Self.run("plot curves m.json -o c.png", in: folder).code == 0)
    }
    let bare = ["PATH": folder.path]
    let words = Tool.run(["plot", "curves", "m.json", "-o", "d.png"], in: folder, environment: bare)
    #expect(words.code == 73 && words.errors.count == 1)
    #expect(
      words.errors[0].contains("name d.svg") && words.errors[0].contains("apt-get install librsvg2-bin"))
    let tiles = Tool.run(["templates", "m.onnx", "-o", "t.png"], in: folder, environment: bare)
    #expect(tiles.code == 0 && tiles.errors.first?.contains("without names") == true)
    #expect(folder.read("t.png").starts(with: [137, 80, 78, 71]))
  }

  /// Of several classes, too; of rows of one class there is nothing to draw.
  @Test func whatRowsLeaveToDraw() {
    let folder = Folder()
    #expect(Self.run("train \(Tool.digits) --loss softmax -o ten --quiet", in: folder).code == 0)
    let reliability = Self.run("plot reliability ten \(Tool.digits)", in: folder)
    #expect(Self.texts(reliability.output).contains("as foretold"))
    let roc = Self.run("plot roc ten \(Tool.digits)", in: folder)
    #expect(roc.code == 65 && roc.errors.contains { $0.contains("'descent plot confusion'") })
    folder.write("two.csv", "x,y\n1,a\n2,a\n3,b\n4,b\n")
    folder.write("one.csv", "x,y\n1,a\n2,a\n")
    #expect(Self.run("train two.csv --loss logistic -o two --quiet", in: folder).code == 0)
    let one = Self.run("plot roc two one.csv", in: folder)
    #expect(one.code == 65 && one.errors.contains { $0.contains("one class") }, "\(one.errors)")
    let page = Self.run("report two one.csv -o one.html", in: folder)
    #expect(page.code == 0, "\(page.errors)")
    #expect(String(decoding: folder.read("one.html"), as: UTF8.self).contains("All rows are of one class"))
  }

  @Test(arguments: [
    ("plot rox a b", 64, "did you mean 'roc'"),
    ("plot curves none.json", 66, "there is no such file"),
    ("plot curves bad.json", 65, "is no file of metrics"),
    ("plot path bad.json -o p.svg", 65, "is no path"),
    ("plot curves bad.json -o c.jpg", 64, ".png or .svg"),
    ("plot curves a b c d e f", 64, "name fewer"),
  ])
  func isRefused(_ words: String, _ code: Int32, _ part: String) {
    let folder = Folder()
    folder.write("bad.json", Array("{}".utf8))
    let outcome = Self.run(words, in: folder)
    #expect(outcome.code == code && outcome.errors.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.first?.contains(part) == true, "\(outcome.errors)")
  }
}
