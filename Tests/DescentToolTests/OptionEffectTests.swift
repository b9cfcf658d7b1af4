import Foundation
import Testing

/// Every option of every command, and when it has an effect. Where it has none it is refused, or that is said.
@Suite("No option is without an effect in silence")
struct OptionEffectTests {
  struct Row: CustomTestStringConvertible {
    let options: [String]
    /// Command lines in which it would do nothing, each with a part of what is said of that.
    let idle: [(command: String, words: String)]
    var testDescription: String { options.joined(separator: " ") }

    /// One that always does something.
    static func always(_ options: String) -> Row {
      Row(options: options.split(separator: " ").map(String.init), idle: [])
    }

    static func only(_ option: String, _ idle: (command: String, words: String)...) -> Row {
      Row(options: [option], idle: idle)
    }
  }

  static let table: [Row] = [
    // What is read.
    .only("--label", ("train d.svm --label 1", "is for tables")),
    .only(
      "--labels", ("train points.csv --labels labels", "a table holds its labels in a column"),
      ("train d.svm --labels labels", "--labels"),
      ("predict m points.csv --labels labels", "predict asks for none")),
    .always("--format"),
    .only("--delimiter", ("train d.svm --delimiter ;", "is for tables")),
    .only("--header", ("train d.svm --header no", "is for tables")),
    .only("--decimal", ("train d.svm --decimal ,", "is for tables")),
    .only("--thousands", ("train d.svm --thousands ,", "is for tables")),
    .only("--skip", ("train d.svm --skip 1", "is for tables")),
    .only("--comment", ("train d.svm --comment #", "is for tables")),
    .only("--class-weight", ("train line.csv --loss squared --class-weight balanced", "is for classes")),
    .only("--zero-based", ("train points.csv --zero-based", "is for LIBSVM's rows")),
    .only("--no-zero-based", ("train points.csv --no-zero-based", "is for LIBSVM's rows")),
    .only(
      "--drop-extra-features", ("train d.svm --drop-extra-features", "is for rows that a model scores"),
      ("predict m points.csv --drop-extra-features", "is for LIBSVM's rows")),
    .only(
      "--categorical", ("train d.svm --categorical 1", "is for tables"),
      ("predict m points.csv --categorical x", "is for training")),
    .only("--missing", ("train d.svm --missing drop", "is for tables")),
    .only("--missing-values", ("train d.svm --missing-values ?", "is for tables")),
    .only("--sqlite", ("train --sqlite d.db", "--sqlite and --query go together")),
    .only("--query", ("train points.csv --query x", "--sqlite and --query go together")),
    // What is measured by.
    .only("--test", ("train points.csv --test points.csv --holdout 0.5", "exclude each other")),
    .only("--test-query", ("train points.csv --test-query x", "--test-query needs --sqlite")),
    .only("--test-labels", ("train points.csv --test-labels labels", "--test-labels needs --test")),
    .only("--holdout", ("train points.csv --holdout 0.3 --holdout-last 0.3", "exclude each other")),
    .only("--holdout-last", ("train points.csv --holdout-last 0.3 --test points.csv", "exclude each other")),
    .only(
      "--holdout-by", ("train points.csv --holdout-by x --holdout-last 0.5", "exclude each other"),
      ("train d.svm --holdout 0.5 --holdout-by 1", "is for tables")),
    .only("--ignore", ("train d.svm --ignore 1", "is for tables")),
    .only("--id", ("train d.svm --id 1", "is for tables")),
    .only(
      "--features", ("train d.svm --features 1", "is for tables"),
      ("predict m points.csv --features x", "is for training")),
    .only("--weight", ("train d.svm --weight 1", "is for tables")),
    .only(
      "--offset", ("train d.svm --offset 1", "is for tables"),
      ("train points.csv --offset x --exposure y", "exclude each other")),
    .only("--exposure", ("train d.svm --exposure 1", "is for tables")),
    // What is learnt.
    .always("--model --loss --l1 --l2 --scaling --precision --threads --time-limit"),
    .only(
      "--group", ("train points.csv --group 0.1 --model network", "is for linear models"),
      ("train points.csv --group 0.1 --bounds *:0:", "exclude each other")),
    .only(
      "--penalty-factor", ("train points.csv --penalty-factor *=2 --model network", "is for linear models"),
      ("train points.csv --penalty-factor *=2 --l2 0", "needs --l1 or --l2 above 0"),
      ("train points.csv --group 0.1 --penalty-factor *=2", "exclude each other")),
    .only("--bounds", ("train points.csv --bounds *:0: --model network", "is for linear models")),
    .only("--cv", ("train points.csv --cv 3 --model network", "is for linear models")),
    .only("--cv-by", ("train points.csv --cv-by x", "is for folds")),
    .only("--choose", ("train points.csv --choose one-se", "is for a penalty to choose")),
    .only("--metric", ("train points.csv --metric auc", "is for folds")),
    .only("--no-intercept", ("train points.csv --no-intercept --model network", "is for linear models")),
    .only("--hidden", ("train points.csv --hidden 5", "is for networks")),
    .only("--activation", ("train points.csv --activation tanh", "is for networks")),
    .only("--dropout", ("train points.csv --dropout 0.5", "is for networks")),
    .only(
      "--margin", ("train points.csv --margin 2", "needs a --loss that has a margin"),
      ("train points.csv --margin 2 --loss softmax", "--loss softmax has no --margin")),
    .only(
      "--quantile", ("train line.csv --quantile 0.9 --loss huber", "--loss huber has no --quantile")),
    .only("--delta", ("train points.csv --delta 2 --loss squared", "--loss squared has no --delta")),
    .only("--calibrate", ("train line.csv --calibrate sigmoid", "is for classes")),
    .only("--start", ("train line.csv --start l -o o", "--start has no part in it")),
    // Paths.
    .always("--along --points --smallest --picture"),
    .only(
      "--l1-ratio", ("path points.csv -o p.json --l1-ratio 0.5", "is for --along both"),
      ("train points.csv --l1-ratio 0.5 --l1 1", "leave --l1 out")),
    // It seeds all that is drawn; where nothing is, that needs no word.
    .always("--seed"),
    .always("--solver"),
    .only(
      "--tolerance", ("train points.csv --tolerance 1e-3 --solver adam", "is for solvers that see all rows"),
      ("train points.csv --tolerance 1e-3 --model network", "is for solvers that see all rows")),
    .only("--epochs", ("train points.csv --epochs 5 --solver lbfgs", "see a batch at a time")),
    .only(
      "--batch-size", ("train points.csv --batch-size 5 --solver lbfgs", "see a batch at a time"),
      ("train points.csv --batch-size 99 --epochs 1", "is more than the 9 rows")),
    .only("--learning-rate", ("train points.csv --learning-rate 1 --solver dual", "see a batch at a time")),
    .only("--schedule", ("train points.csv --schedule step --solver direct", "see a batch at a time")),
    .only("--clip", ("train points.csv --clip 1 --solver newton", "see a batch at a time")),
    .only("--patience", ("train points.csv --patience 1 --solver newton", "see a batch at a time")),
    .only("--validation", ("train points.csv --validation 0.1", "--validation needs --patience")),
    .only("--strict", ("train points.csv --strict --solver adam", "is for solvers that see all rows")),
    // What is written.
    .always("--output -o --metrics --report --force --help -h --help-all --version"),
    .only("--quiet", ("train points.csv --quiet --verbose", "exclude each other")),
    .only("--verbose", ("train points.csv --quiet --verbose", "exclude each other")),
    .only("--checkpoint", ("train points.csv --checkpoint -", "must name a file")),
    .only("--checkpoint-every", ("train points.csv --checkpoint-every 5", "needs --checkpoint")),
    .only(
      "--resume", ("train points.csv --resume", "--resume needs --checkpoint"),
      ("path points.csv -o p.csv --resume", "--resume needs an --output that is a file of JSON")),
    // What is answered.
    .always("--json --bootstrap"),
    .only("--inference", ("inspect h --inference points.csv", "the hinge loss says nothing")),
    .only(
      "--covariance", ("inspect l --covariance hc1", "--covariance is for --inference"),
      ("inspect l --inference line.csv --covariance hc1 --cluster x", "exclude each other")),
    .only(
      "--cluster", ("inspect l --cluster x", "--cluster is for --inference"),
      ("inspect d --inference d.svm --cluster 1", "--cluster is for tables")),
    .only("--confusion", ("evaluate l line.csv --confusion c.csv", "is for classes")),
    .only("--cost", ("evaluate m points.csv --cost 1:5", "is for two classes")),
    .only("--keep", ("predict m x.npy --keep a", "is for tables")),
    .only("--output-header", ("predict m points.csv --output-header maybe", "is invalid")),
    .only("--scores", ("predict m points.csv --scores --probabilities", "exclude each other")),
    .only("--probabilities", ("predict h points.csv --probabilities", "gives no probabilities")),
    .only("--threshold", ("predict m points.csv --threshold 0.5", "two classes")),
    .only("--top", ("predict l line.csv --top 2", "leave --top out")),
    // Other forms.
    .only("--no-labels", ("convert points.csv o.csv --no-labels --label kind", "exclude each other")),
    .always("--output-format"),
    .only("--labels-output", ("convert points.csv o.csv --labels-output y.csv", "last column")),
    .only("--type", ("convert points.csv o.csv --type float32", "is for arrays")),
    .only("--part", ("export m -o o.onnx --part weights", "--part is for csv and npy")),
    .only("--shape", ("templates m -o o.png --shape 3x3", "the model takes 2")),
  ]

  @Test(arguments: table.filter { !$0.idle.isEmpty }) func idle(_ row: Row) {
    let folder = Self.folder()
    for (command, words) in row.idle {
      let outcome = Tool.run(command.split(separator: " ").map(String.init), in: folder)
      #expect(outcome.errors.contains { $0.contains(words) }, "\(command): \(outcome.errors)")
    }
  }

  /// The table is whole: an option that a command has and the table has not was not thought of.
  @Test func everyOption() {
    var found: Set<String> = []
    for command in HelpTests.commands {
      let help = Tool.run([command, "--help-all"], in: Folder())
      for line in help.lines where line.hasPrefix("  -") {
        found.formUnion(
          line.split { " ,/".contains($0) }.prefix { $0.hasPrefix("-") }.map(String.init))
      }
    }
    let known = Self.table.flatMap(\.options)
    #expect(found.subtracting(known) == [] && Set(known).subtracting(found) == [])
    #expect(Set(known).count == known.count)
  }

  /// Tables, rows, images, a model of three classes, one of numbers, and one of a hinge.
  private static func folder() -> Folder {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    folder.write("line.csv", Samples.line)
    folder.write("d.svm", "1 1:1\n2 2:1\n1 1:2\n")
    folder.write("labels", Samples.labels(6))
    folder.write("x.npy", Samples.corners(5).0)
    for options in [
      "points.csv -o m", "line.csv -o l", "d.svm -o d", "points.csv --loss hinge --tolerance 0.1 -o h",
    ] {
      let words = ["train", "--quiet"] + options.split(separator: " ").map(String.init)
      precondition(Tool.run(words, in: folder).code == 0)
    }
    return folder
  }
}
