import Foundation
import Testing

@Suite("train, and what is done with its model")
struct TrainTests {
  @Test(arguments: [("softmax", 1e-4), ("hinge", 0.05)]) func digits(_ loss: String, _ l2: Double) throws {
    let training = Training(Tool.digits, "--holdout 0.2 --loss \(loss) --l2 \(l2)")
    #expect(training.outcome.code == 0)
    #expect(training.outcome.output == "")
    #expect(training.number("test_accuracy") >= 0.95)
    #expect(training.outcome.errors.last == "wrote model")

    // evaluate --holdout measures by the same rows: as many are right.
    let evaluated = Tool.run(["evaluate", "model", Tool.digits, "--holdout", "0.2"], in: training.folder)
    #expect(evaluated.code == 0 && evaluated.errors.isEmpty)
    let matrix = evaluated.lines.drop { !$0.hasPrefix("class ") }.dropFirst().prefix(10)
    let right = matrix.enumerated().reduce(0) { sum, row in
      sum + (Int(row.element.split(separator: " ")[row.offset + 1]) ?? 0)
    }
    let rows = training.number("test_rows")
    // To the last digit but JSONSerialization's rounding.
    #expect(abs(Double(right) / rows - training.number("test_accuracy")) < 1e-15)
    #expect(evaluated.lines[0] == "rows       \(Int(rows))")
    let percent = String(format: "%.2f", 100 * training.number("test_accuracy"))
    #expect(evaluated.measured("accuracy") == "\(percent) %")
    let line = training.outcome.errors.first { $0.hasPrefix("test accuracy ") }
    #expect(line == "test accuracy \(percent) % on \(Int(rows)) rows; always '3': 10.31 %")

    // So does predict, over all rows.
    let lines = Tool.run(["predict", "model", Tool.digits], in: training.folder).lines.dropFirst()
    let labels = try String(contentsOfFile: Tool.digits, encoding: .utf8).split(separator: "\n").dropFirst()
      .map {
        String($0.split(separator: ",").last!)
      }
    #expect(lines.count == labels.count)
    let share = Double(zip(lines, labels).count { $0 == $1 }) / Double(labels.count)
    let all = Tool.run(["evaluate", "model", Tool.digits], in: training.folder)
    #expect(all.measured("accuracy") == String(format: "%.2f %%", 100 * share))
  }

  /// `Tests/References/penalty_elsewhere.py` fits what is printed with the other tools.
  @Test(
    "the penalty in other tools' words",
    arguments: [
      (
        "points", "--l2 0.01",
        "scikit-learn's C 11.1111, glmnet's lambda 0.01 with alpha 0; of the scaled features, as here"
      ),
      (
        "points", "--l1 0.03 --l2 0.01",
        "scikit-learn's C 2.77778 with l1_ratio 0.75, glmnet's lambda 0.04 with alpha 0.75; of the scaled features, as here"
      ),
      ("points", "--l2 0.01 --scaling none", "scikit-learn's C 11.1111, glmnet's lambda 0.01 with alpha 0"),
      // One class against the rest, or another multiclass hinge, is what others have for three classes.
      ("points", "--loss hinge --l2 0.01", nil),
      ("points", "--loss squared-hinge --l2 0.01", nil),
      ("points", "--loss squared --l2 0.01", nil),
      ("points", "--model network --epochs 1 --l2 0.01", nil),
      (
        "two", "--l2 0.01 --scaling none",
        "scikit-learn's C 33.3333, LIBLINEAR's C 33.3333 with -B 1 -R, glmnet's lambda 0.005 with alpha 0"
      ),
      (
        "two", "--l1 0.005 --l2 0.01 --scaling none",
        "scikit-learn's C 16.6667 with l1_ratio 0.5, glmnet's lambda 0.01 with alpha 0.5"
      ),
      (
        "two", "--loss logistic --l2 0.01 --scaling none",
        "scikit-learn's C 16.6667, LIBLINEAR's C 16.6667 with -B 1 -R, glmnet's lambda 0.01 with alpha 0"
      ),
      ("two", "--loss hinge --l2 0.01 --scaling none", "scikit-learn's SVC(kernel='linear') C 33.3333"),
      ("two", "--loss hinge --margin 2 --l2 0.01", nil),
      ("two", "--loss squared-hinge --l2 0.01 --scaling none", "LIBLINEAR's C 33.3333 with -B 1 -R"),
      ("line", "--loss huber --l2 0.01", nil),
      ("points", "--loss hinge --l1 0.01", nil),
      ("points", "--l2 0", nil),
      ("line", "--l2 0.01", "scikit-learn's Ridge alpha 0.2; of the scaled features, as here"),
      (
        "line", "--l1 0.01 --l2 0",
        "scikit-learn's ElasticNet alpha 0.01 with l1_ratio 1, glmnet's lambda 0.01 with alpha 1; of the scaled features, as here"
      ),
      (
        "line", "--l1 0.01 --l2 0.03 --scaling none",
        "scikit-learn's ElasticNet alpha 0.04 with l1_ratio 0.25"
      ),
    ] as [(String, String, String?)])
  func penaltyElsewhere(_ data: String, _ options: String, _ words: String?) {
    let folder = Folder()
    let two = Samples.points.split(separator: "\n").prefix(7).joined(separator: "\n") + "\n"
    folder.write("data.csv", ["line": Samples.line, "two": two][data] ?? Samples.points)
    let lines = Tool.run(
      ["train", "data.csv", "--verbose"] + options.split(separator: " ").map(String.init), in: folder
    )
    .errors
    #expect(lines.first { $0.contains("elsewhere") } == words.map { "the same penalty elsewhere: " + $0 })
  }

  @Test func metrics() throws {
    let training = Training(Tool.digits, "--holdout 0.2 --epochs 3")
    let numbers = [
      "objective", "loss", "penalty", "iterations", "passes", "epochs", "seconds_fit", "seconds_load", "rows",
      "features", "classes", "nonzeros", "train_accuracy", "test_accuracy", "threads", "seed",
      "peak_rss_bytes",
    ]
    for key in numbers { #expect(training.metrics[key] is NSNumber, "\(key)") }
    for key in ["train_rmse", "test_rmse", "r2"] { #expect(training.metrics[key] is NSNull, "\(key)") }
    for key in ["stop_reason", "precision"] { #expect(training.metrics[key] is String, "\(key)") }
    for key in ["certified", "converged"] { #expect(training.metrics[key] is Bool, "\(key)") }
    #expect(training.metrics["gap_relative"] is NSNumber == training.metrics["gap"] is NSNumber)
    #expect(training.metrics["gap"] is NSNumber || training.metrics["gap_reason"] is String)
    #expect(training.metrics["gap"] != nil && training.metrics["gap_reason"] != nil)
    #expect(training.number("rows") == 1438)
    #expect(training.number("features") == 64)
    #expect(training.number("classes") == 10)
    #expect(training.number("epochs") == 3)
    #expect(training.number("passes") == 3)
    #expect(
      abs(training.number("objective") - training.number("loss") - training.number("penalty")) < 1e-12)
    let history = try #require(training.metrics["history"] as? [[String: Any]])
    #expect(history.count == 3)
    for line in history {
      #expect(Set(line.keys) == ["seconds", "passes", "objective", "loss", "gap", "held_out_loss"])
    }

    let regression = Training(Self.write(Samples.line), "--l2 0")
    for key in ["train_accuracy", "test_accuracy", "classes", "test_rmse"] {
      #expect(regression.metrics[key] is NSNull, "\(key)")
    }
    #expect(Set(regression.metrics.keys) == Set(training.metrics.keys))

    let toOutput = Tool.run(["train", Tool.digits, "--epochs", "1", "--metrics", "-"], in: Folder())
    let object = try JSONSerialization.jsonObject(with: Data(toOutput.bytes)) as? [String: Any]
    #expect(object.map { Set($0.keys) } == Set(training.metrics.keys))
  }

  @Test(arguments: ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"])
  func sameSeedSameBits(_ solver: String) {
    let options = "--solver \(solver) --epochs 4 --holdout 0.2 --l1 1e-4"
    let first = Training(Tool.digits, options + " --threads 1 --quiet")
    #expect(first.outcome.errors == [])
    #expect(first.number("test_accuracy") > 0.85)
    for threads in 1...3 {
      #expect(Training(Tool.digits, options + " --threads \(threads)").model == first.model)
    }
    #expect(Training(Tool.digits, options + " --seed 1").model != first.model)
  }

  @Test func pixelsThatSayNothingGetNoWeight() throws {
    let weights = Training(Tool.digits, "--l1 1e-3").weights
    let rows = try String(contentsOfFile: Tool.digits, encoding: .utf8).split(separator: "\n").dropFirst()
    let pixels = rows.map { $0.split(separator: ",").dropLast().map { Double($0)! } }
    let dark = (0..<64).filter { j in pixels.allSatisfy { $0[j] == 0 } }
    #expect(dark == [0, 32, 39])
    for j in dark { #expect(weights.allSatisfy { $0[j] == 0 }) }
    let zeros = weights.joined().count { $0 == 0 }
    #expect(zeros > 3 * 10 && zeros < 600, "\(zeros) of 640")
  }

  /// The same data in every form gives the same model.
  @Test func formsOfOneTable() {
    let rows = Samples.points.split(separator: "\n").dropFirst()
    let bare = rows.joined(separator: "\n")
    let first = rows.map { $0.split(separator: ",") }.map { "\($0[2]),\($0[0]),\($0[1])" }.joined(
      separator: "\n")
    let forms: [(String, [UInt8], String)] = [
      ("d.tsv", Array(Samples.points.replacing(",", with: "\t").utf8), ""),
      ("d.csv.gz", Samples.gzip(Array(Samples.points.utf8)), ""),
      ("d.tsv.gz", Samples.gzip(Array(bare.replacing(",", with: "\t").utf8)), ""),
      ("d.csv", Array(bare.utf8), "--header no"),
      ("d.csv", Array(first.utf8), "--label 1"),
      ("d.csv", Array(("kind,x,y\n" + first).utf8), "--label kind"),
      ("d.csv", Array(("kind,x,y\n" + first).utf8), "--label 1 --header yes"),
      ("d.csv", Array(("\u{FEFF}" + Samples.points.replacing("\n", with: "\r\n")).utf8), ""),
      (
        "d.csv",
        Array(Samples.points.replacing(",", with: "\",\"").replacing("\n", with: "\"\n\"").utf8).dropLast()
          .withQuote, ""
      ),
      ("d.txt", Array(bare.replacing(",", with: ";").utf8), "--format csv --delimiter ;"),
      ("d.csv", Array(bare.replacing(",", with: ";").utf8), ""),
      ("d.csv", Array(bare.replacing(",", with: "\t").utf8), ""),
      ("d.csv", Array(bare.replacing(",", with: "|").utf8), ""),
      ("d.csv", Array(bare.replacing(",", with: "\t ").utf8), "--delimiter space"),
      ("d.tsv", Array(bare.utf8), ""),
      ("d.csv", Array("sep=|\r\n\(bare.replacing(",", with: "|"))".utf8), ""),
      ("d.csv", Array("by hand, \"in\na hurry\n\(bare)".utf8), "--skip 2"),
      (
        "d.csv", Array("# don't \"quote\n\(bare.replacing("\n", with: " # \" seen\n# \"\n"))".utf8),
        "--comment #"
      ),
    ]
    let expected = Training(Self.write(Samples.points)).weights
    #expect(expected.count == 3)
    for (name, bytes, options) in forms {
      let folder = Folder()
      folder.write(name, bytes)
      let training = Training(name, options, in: folder)
      #expect(training.outcome.code == 0, "\(training.outcome.errors)")
      #expect(training.weights == expected, "\(name) \(options)")
    }
  }

  @Test func images() {
    let folder = Folder()
    folder.write("images", Samples.images(40))
    folder.write("labels", Samples.labels(40))
    folder.write("images.gz", Samples.gzip(Samples.images(40)))
    folder.write("labels.gz", Samples.gzip(Samples.labels(40)))
    let plain = Training("images", "--labels labels --test images --test-labels labels", in: folder)
    #expect(plain.number("test_accuracy") == 1)
    #expect(plain.number("features") == 4)
    #expect(Training("images.gz", "--labels labels.gz", in: folder).weights == plain.weights)
    #expect(Tool.run(["predict", "model", "images"], in: folder).lines == (0..<40).map { "\($0 % 2)" })
    let evaluated = Tool.run(["evaluate", "model", "images.gz", "--labels", "labels"], in: folder)
    #expect(evaluated.measured("accuracy") == "100.00 %")
    #expect(Tool.run(["templates", "model", "-o", "t.png"], in: folder).code == 0)
    #expect(Tool.run(["inspect", "model"], in: folder).output.contains("2 × 2, 1 channel"))
  }

  @Test func picturesAndInspection() {
    let training = Training(Tool.digits, "--epochs 2")
    let png = Tool.run(["templates", "model", "--shape", "8x8", "-o", "t.png"], in: training.folder)
    #expect(png.code == 0 && png.output == "" && png.errors == ["wrote t.png"])
    #expect(training.folder.read("t.png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
    let svg = Tool.run(["templates", "model", "--shape", "8x8", "-o", "t.svg"], in: training.folder)
    #expect(svg.code == 0)
    #expect(
      training.folder.text("t.svg").hasPrefix("<svg") || training.folder.text("t.svg").hasPrefix("<?xml"))

    let lines = Tool.run(["inspect", "model"], in: training.folder).lines
    #expect(lines[0].hasSuffix("linear, 64 features to 10 scores"))
    for (key, value) in [
      ("precision", "float"), ("loss", "softmax"), ("classes", "10: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
      ("l2", "0.0001"), ("seed", "0"), ("solver", "momentum"),
    ] {
      #expect(lines.contains { $0.hasPrefix(key + " ") && $0.hasSuffix("  " + value) }, "\(key)")
    }
  }

  @Test func regression() {
    for options in ["", "--loss squared", "--loss huber", "--precision double"] {
      let training = Training(Self.write(Samples.line), "--l2 0 --epochs 400 \(options)")
      #expect(abs(training.weights[0][0] - 2) < 0.02, "\(options)")
      #expect(training.number("r2") > 0.999)
      #expect(training.number("train_rmse") < 0.05)
      training.folder.write("rows.csv", "x\n10\n")
      let predicted = Tool.run(["predict", "model", "rows.csv", "--header", "yes"], in: training.folder).lines
      #expect(
        predicted.count == 2 && predicted[0] == "y" && abs(Double(predicted[1])! - 21.25) < 0.2,
        "\(predicted)")
    }
  }

  @Test func logistic() {
    let data = Self.write("x,y,spam\n0,1,no\n1,0,no\n5,6,yes\n6,5,yes\n0,0,no\n7,7,yes\n")
    let training = Training(data, "--loss logistic --epochs 100")
    #expect(training.number("train_accuracy") == 1)
    #expect(training.weights.count == 1)
    #expect(
      Tool.run(["predict", "model", data], in: training.folder).lines == [
        "class", "no", "no", "yes", "yes", "no", "yes",
      ])
    let shares = Tool.run(["predict", "model", data, "--probabilities"], in: training.folder).lines
    #expect(shares.allSatisfy { $0.split(separator: ",").count == 3 })
    #expect(Tool.run(["templates", "model", "-o", "t.png"], in: training.folder).code == 0)
  }

  /// Squares of these overflow: what cannot be bounded is not called certified, and never written as text.
  @Test func featuresOfEnormousSize() {
    let data = Self.write("x,y,kind\n1e200,2,a\n3e200,3,b\n-1e200,1,a\n2e200,4,b\n")
    for scaling in ["none", "standard"] {
      let training = Training(data, "--precision double --scaling \(scaling)")
      if training.outcome.code == 70 {
        #expect(!training.folder.names.contains("model"))
        continue
      }
      #expect(training.outcome.code == 0)
      #expect(training.metrics["objective"] is NSNumber)
      #expect(training.metrics["gap"] is NSNumber || training.metrics["gap_reason"] is String)
      let share = training.metrics["gap_relative"] as? Double ?? .infinity
      #expect(training.metrics["certified"] as? Bool == (share <= 1e-4))
    }
    #expect(Training(data, "--precision double").number("train_accuracy") == 1)
  }

  @Test func doublePrecision() {
    let float = Training(Tool.digits, "--epochs 3")
    let double = Training(Tool.digits, "--epochs 3 --precision double")
    #expect(double.metrics["precision"] as? String == "double")
    #expect(double.model.count > float.model.count + 600 * 4)
    #expect(abs(double.number("objective") - float.number("objective")) < 1e-4)
    #expect(Tool.run(["inspect", "model"], in: double.folder).lines.contains { $0.hasSuffix("  double") })
  }

  @Test func theModelOnStandardOutput() {
    let training = Training(Tool.digits, "--epochs 1")
    let outcome = Tool.run(["train", Tool.digits, "--epochs", "1", "--output", "-"], in: training.folder)
    #expect(outcome.bytes == training.model)
    #expect(outcome.errors.last == "wrote the model to standard output")
    let quiet = Tool.run(["train", Tool.digits, "--epochs", "1", "--output", "-", "--quiet"], in: Folder())
    #expect(quiet.errors == [])
    #expect(quiet.bytes == training.model)
  }

  @Test func defaultNames() {
    let folder = Folder()
    folder.makeFolder("data")
    for name in ["data/points.csv", "points.tsv.gz", "a", "b.csv"] {
      let isTable = name.contains(".tsv")
      folder.write(name, isTable ? Samples.points.replacing(",", with: "\t") : Samples.points)
      let outcome = Tool.run(["train", name] + (name == "a" ? ["--format", "csv"] : []), in: folder)
      #expect(outcome.code == 0, "\(name): \(outcome.errors)")
    }
    #expect(
      folder.names == [
        "a", "a.onnx", "b.csv", "b.onnx", "data", "points.onnx", "points.tsv.gz",
      ])
    let piped = Folder()
    let outcome = Tool.run(["train", "-"], in: piped, input: Samples.points)
    #expect(outcome.errors.last == "wrote model.onnx")
    #expect(piped.names == ["model.onnx"])
    // A name of one letter.
    #expect(Tool.run(["train", "-", "-o", "m"], in: piped, input: Samples.points).code == 0)
    #expect(piped.names == ["m", "model.onnx"])
  }

  @Test func aBatchOfMoreRowsThanThereAre() {
    let data = Self.write(Samples.points)
    let training = Training(data, "--batch-size 1000")
    #expect(
      training.outcome.errors.contains(
        "note: --batch-size 1000 is more than the 9 rows: a step takes all of them"))
    #expect(Training(data, "--batch-size 9").weights == training.weights)
    #expect(!Training(data).outcome.errors.contains { $0.hasPrefix("note") })
  }

  @Test func theDecimalPointStaysAPoint() {
    let plain = Training(Tool.digits, "--epochs 1")
    let german = ["LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"]
    let other = Training(Tool.digits, "--epochs 1", environment: german)
    #expect(other.model == plain.model)
    #expect(other.number("objective") == plain.number("objective"))
    let withoutTimes = { (line: String) in !line.contains("after") }
    #expect(other.outcome.errors.filter(withoutTimes) == plain.outcome.errors.filter(withoutTimes))
  }

  @Test func oddSettingsOfOpenBLAS() {
    let plain = Training(Tool.digits, "--epochs 1")
    for value in ["abc", "0", "64"] {
      let other = Training(Tool.digits, "--epochs 1", environment: ["OPENBLAS_NUM_THREADS": value])
      #expect(other.model == plain.model)
    }
  }

  @Test func aTimeLimit() {
    let training = Training(Tool.digits, "--epochs 100000000 --time-limit 0.2 --schedule constant")
    #expect(training.outcome.code == 0)
    #expect(training.metrics["stop_reason"] as? String == "time-limit")
    #expect(training.number("seconds_fit") < 10)
    #expect(training.number("train_accuracy") > 0.5)
  }

  /// A file of data in a folder that lives as long as the tests.
  static func write(_ text: String) -> String {
    let name = "\(abs(text.hashValue)).csv"
    data.write(name, text)
    return "\(data.path)/\(name)"
  }

  private static let data = Folder()
}

extension Array where Element == UInt8 {
  /// With a quote in front, where every field has one behind it.
  fileprivate var withQuote: [UInt8] { [0x22] + dropLast() }
}
