import Foundation
import Testing

@Suite("Command lines that nobody meant: one line, exit code 64, and no output")
struct FlagBadInputTests {
  struct Case: CustomTestStringConvertible {
    let id: String
    let arguments: [String]
    let message: String
    var testDescription: String { "\(id) \(arguments.joined(separator: " "))" }

    init(_ number: Int, _ arguments: String, _ message: String) {
      id = "flags-\(number)"
      (self.arguments, self.message) = (arguments.split(separator: " ").map(String.init), message)
    }
  }

  /// With `train points.csv` before them.
  static let options: [Case] = [
    Case(81, "--learning-rate -1", "--learning-rate must be a number above 0, not -1.0"),
    Case(81, "--learning-rate 0", "--learning-rate must be a number above 0, not 0.0"),
    Case(81, "--learning-rate nan", "--learning-rate must be a number above 0, not nan"),
    Case(81, "--learning-rate inf", "--learning-rate must be a number above 0, not inf"),
    Case(81, "--learning-rate abc", "The value 'abc' is invalid for '--learning-rate <rate>'"),
    Case(81, "--learning-rate 1e400", "--learning-rate must be a number above 0, not inf"),
    Case(81, "--tolerance 0", "--tolerance must be a number above 0, not 0.0"),
    Case(81, "--tolerance nan", "--tolerance must be a number above 0, not nan"),
    Case(81, "--clip -1", "--clip must be a number above 0, not -1.0"),
    Case(81, "--seed -1", "The value '-1' is invalid for '--seed <number>'"),
    Case(81, "--seed 1.5", "The value '1.5' is invalid for '--seed <number>'"),
    Case(81, "--patience 0", "--patience must be a whole number of 1 or more, not 0"),
    Case(81, "--patience 2 --validation 2", "--validation must be a fraction between 0 and 1, not 2.0"),
    Case(81, "--model network --dropout 1", "--dropout must be at least 0 and below 1, not 1.0"),
    Case(81, "--model network --hidden 0", "--hidden: a layer has from 1 to 1000000 units, not 0"),
    Case(81, "--model network --hidden 5,", "The value '5,' is invalid for '--hidden <units,...>'"),
    Case(
      81, "--precision half",
      "The value 'half' is invalid for '--precision <type>'. Please provide one of 'auto', 'float' or 'double'"
    ),
    Case(81, "--categorical a,,b", "The value 'a,,b' is invalid for '--categorical <column,...>'"),
    Case(82, "--epochs 0", "--epochs must be a whole number from 1 to 1000000000, not 0"),
    Case(82, "--epochs -1", "--epochs must be a whole number from 1 to 1000000000, not -1"),
    Case(82, "--epochs 1.5", "The value '1.5' is invalid for '--epochs <count>'"),
    Case(82, "--epochs 1e20", "The value '1e20' is invalid for '--epochs <count>'"),
    Case(83, "--batch-size 0", "--batch-size must be a whole number of 1 or more, not 0"),
    Case(84, "--threads 0", "--threads must be a whole number from 1 to 1024, not 0"),
    Case(84, "--threads -1", "--threads must be a whole number from 1 to 1024, not -1"),
    Case(84, "--threads 10000", "--threads must be a whole number from 1 to 1024, not 10000"),
    Case(
      86, "--strict --solver adam",
      "--strict is for solvers that see all rows and know how far they are, and adam goes by batches; leave one out"
    ),
    Case(
      86, "--strict --epochs 5",
      "--strict is for solvers that see all rows and know how far they are, and --epochs goes by batches; leave one out"
    ),
    Case(81, "--l1 -1", "--l1 must be a number of 0 or more, not -1.0"),
    Case(81, "--l2 nan", "--l2 must be a number of 0 or more, not nan"),
    Case(81, "--loss hinge --margin 0", "--margin must be a number above 0, not 0.0"),
    Case(81, "--time-limit 0", "--time-limit must be a number above 0, not 0.0"),
    Case(81, "--holdout 1", "--holdout must be a fraction between 0 and 1, not 1.0"),
    Case(86, "--holdout 0.2 --test points.csv", "--test and --holdout exclude each other"),
    Case(86, "--test-labels l", "--test-labels needs --test"),
    Case(86, "--quiet --verbose", "--quiet and --verbose exclude each other"),
    Case(86, "--resume", "--resume needs --checkpoint"),
    Case(86, "--checkpoint-every 5", "--checkpoint-every needs --checkpoint"),
    Case(86, "--checkpoint c --checkpoint-every 0", "--checkpoint-every must be a number above 0, not 0.0"),
    Case(86, "--checkpoint c --output c", "--output and --checkpoint name the same file"),
    Case(86, "--checkpoint c --metrics c", "--metrics and --checkpoint name the same file"),
    Case(86, "--checkpoint -", "--checkpoint must name a file: it is replaced as the training goes on"),
    Case(86, "--output m --metrics m", "--output and --metrics name the same file"),
    Case(
      81, "--loss nosuch",
      "The value 'nosuch' is invalid for '--loss <name>'. Please provide one of the following: softmax, hinge, squared-hinge, logistic, squared, huber, poisson, quantile"
    ),
    Case(81, "--scaling 0", "The value '0' is invalid for '--scaling <kind>'"),
    Case(86, "--validation 0.2", "--validation needs --patience"),
    Case(86, "--hidden 10", "--hidden is for networks; add --model network"),
    Case(
      86, "--patience 3 --solver newton",
      "--patience is for solvers that see a batch at a time, and newton sees all rows; leave it out or choose --solver momentum"
    ),
    Case(
      86, "--tolerance 1 --solver adam",
      "--tolerance is for solvers that see all rows; leave it out, or leave out what belongs to batches"),
    Case(86, "--sqlite d.db --query x", "DATA and --sqlite exclude each other"),
    Case(86, "--query x", "--sqlite and --query go together"),
    Case(86, "--test-query x", "--test-query needs --sqlite"),
    Case(85, "--epoch 3", "Unknown option '--epoch'. Did you mean '--epochs'?"),
    Case(85, "--nosuch", "Unknown option '--nosuch'"),
    Case(85, "--epochs", "Missing value for '--epochs <count>'"),
    Case(
      85, "more.csv",
      "Unexpected argument 'more.csv'; several files of data are named by one pattern in quotes, such as 'part-*.csv'"
    ),
  ]

  /// What may not separate fields: asked by every command that reads data.
  static let delimiters = [
    ";;", "", "\n", "\r\n", "a", "E", "1", ".", "-", "+", "\"", "é", "½", "\\n", "comma",
  ]

  @Test("flags-81: what may not separate fields", arguments: delimiters) func delimiter(_ delimiter: String) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    for command in [["train"], ["check"], ["predict", "m"], ["evaluate", "m"], ["convert", "-"]] {
      let outcome = Tool.run(command + ["points.csv", "--delimiter", delimiter], in: folder)
      #expect(
        outcome.errors.first?.hasPrefix("descent: --delimiter must be one character that is in no number")
          == true,
        "\(command): \(outcome.errors)")
      #expect(outcome.code == 64)
    }
    #expect(folder.names == ["points.csv"])
  }

  @Test(arguments: options) func option(_ wrong: Case) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = Tool.run(["train", "points.csv"] + wrong.arguments, in: folder)
    #expect(outcome.errors == ["descent: \(wrong.message); see 'descent train --help'"])
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(folder.names == ["points.csv"])
  }

  /// With `train points.csv` before them; what only the data tell.
  static let choices: [Case] = [
    Case(
      86, "--solver direct",
      "direct is for linear models with the squared loss; leave --solver out, or choose another"),
    Case(
      86, "--solver lbfgs --loss hinge",
      "lbfgs needs a smooth loss, and hinge has kinks; leave --solver out, or choose another"),
    Case(
      86, "--strict --model network",
      "--strict is for solvers that see all rows and know how far they are, and network models are fitted by batches here; leave it out, or choose --solver lbfgs"
    ),
  ]

  @Test(arguments: choices) func choice(_ wrong: Case) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = Tool.run(["train", "points.csv"] + wrong.arguments, in: folder)
    #expect(outcome.errors == ["descent: \(wrong.message)"])
    #expect(outcome.code == 64)
    #expect(folder.names == ["points.csv"])
  }

  /// The whole command line.
  static let commands: [Case] = [
    Case(
      85, "train", "Missing expected argument '<data>', or --sqlite and --query; see 'descent train --help'"),
    Case(
      85, "evaluate m",
      "Missing expected argument '<data>', or --sqlite and --query; see 'descent evaluate --help'"),
    Case(86, "predict - -", "MODEL and DATA cannot both be standard input; see 'descent predict --help'"),
    Case(
      86, "predict m d --scores --probabilities",
      "--scores and --probabilities exclude each other; see 'descent predict --help'"),
    Case(85, "templates m", "Missing expected argument '--output <file>'; see 'descent templates --help'"),
    Case(
      85, "templates m -o t.jpg",
      "--output must end in .png or .svg, not 't.jpg'; see 'descent templates --help'"
    ),
    Case(85, "inspect", "Missing expected argument '<model>'; see 'descent inspect --help'"),
    Case(
      85, "trian x.csv",
      "there is no command 'trian'; did you mean 'train'? 'descent --help' lists all"
    ),
    Case(85, "--nosuch", "Unknown option '--nosuch'; see 'descent --help'"),
    Case(85, "train d --seed 1 --seed=2", "the option '--seed' is given twice; give it once"),
    Case(85, "train d -o a --output b", "the option '--output' is given twice; give it once"),
  ]

  @Test(arguments: commands) func command(_ wrong: Case) {
    let folder = Folder()
    let outcome = Tool.run(wrong.arguments, in: folder)
    #expect(outcome.errors == ["descent: \(wrong.message)"])
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(folder.names == [])
  }

  /// No file of a similar name is read or written.
  @Test func whatIsNotUTF8() {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = Tool.run(
      [], in: folder,
      under: ["sh", "-c", "exec \"$0\" train points.csv --quiet -o \"$(printf 'm\\377')\""])
    #expect(
      outcome.errors == ["descent: the argument 'm\u{FFFD}' is not UTF-8; give the file a name that is"])
    #expect(outcome.code == 64)
    #expect(folder.names == ["points.csv"])
  }

  @Test func helpGoesToStandardOutput() {
    for arguments in [["--help"], ["help", "train"], ["train", "--help"], []] {
      let outcome = Tool.run(arguments, in: Folder())
      #expect(outcome.code == 0)
      #expect(outcome.errors == [])
      #expect(outcome.output.contains("USAGE: descent"))
      #expect(outcome.lines.allSatisfy { $0.count <= 80 })
    }
    #expect(Tool.run(["--version"], in: Folder()).lines == ["0.1.0", "without MPI"])
  }
}
