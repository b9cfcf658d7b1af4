import Testing

@Suite("Wrong usage gets one line, exit code 64, and no output")
struct UsageTests {
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let message: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String, _ message: String) {
      (self.arguments, self.message) = (arguments.split(separator: " ").map(String.init), message)
    }
  }

  /// With `train points.csv` before them.
  static let options: [Case] = [
    Case("--learning-rate -1", "--learning-rate must be a number above 0, not -1.0"),
    Case("--learning-rate 0", "--learning-rate must be a number above 0, not 0.0"),
    Case("--learning-rate nan", "--learning-rate must be a number above 0, not nan"),
    Case("--learning-rate inf", "--learning-rate must be a number above 0, not inf"),
    Case("--learning-rate abc", "The value 'abc' is invalid for '--learning-rate <learning-rate>'"),
    Case("--epochs 0", "--epochs must be a whole number from 1 to 1000000000, not 0"),
    Case("--epochs -1", "--epochs must be a whole number from 1 to 1000000000, not -1"),
    Case("--epochs 1.5", "The value '1.5' is invalid for '--epochs <epochs>'"),
    Case("--epochs 1e20", "The value '1e20' is invalid for '--epochs <epochs>'"),
    Case("--batch-size 0", "--batch-size must be a whole number of 1 or more, not 0"),
    Case("--threads 0", "--threads must be a whole number from 1 to 1024, not 0"),
    Case("--threads -1", "--threads must be a whole number from 1 to 1024, not -1"),
    Case("--threads 10000", "--threads must be a whole number from 1 to 1024, not 10000"),
    Case(
      "--strict --solver adam",
      "--strict is for solvers that see all rows and know how far they are, and adam goes by batches; leave one out"
    ),
    Case(
      "--strict --epochs 5",
      "--strict is for solvers that see all rows and know how far they are, and --epochs goes by batches; leave one out"
    ),
    Case("--l1 -1", "--l1 must be a number of 0 or more, not -1.0"),
    Case("--l2 nan", "--l2 must be a number of 0 or more, not nan"),
    Case("--margin 0", "--margin must be a number above 0, not 0.0"),
    Case("--time-limit 0", "--time-limit must be a number above 0, not 0.0"),
    Case("--holdout 1", "--holdout must be a fraction between 0 and 1, not 1.0"),
    Case("--holdout 0.2 --test points.csv", "--test and --holdout exclude each other"),
    Case("--test-labels l", "--test-labels needs --test"),
    Case("--quiet --verbose", "--quiet and --verbose exclude each other"),
    Case("--resume", "--resume needs --checkpoint"),
    Case("--checkpoint-every 5", "--checkpoint-every needs --checkpoint"),
    Case("--checkpoint c --checkpoint-every 0", "--checkpoint-every must be a number above 0, not 0.0"),
    Case("--checkpoint c --output c", "--output and --checkpoint name the same file"),
    Case("--checkpoint c --metrics c", "--metrics and --checkpoint name the same file"),
    Case("--checkpoint -", "--checkpoint must name a file: it is replaced as the training goes on"),
    Case("--output m --metrics m", "--output and --metrics name the same file"),
    Case(
      "--loss nosuch",
      "The value 'nosuch' is invalid for '--loss <loss>'. Please provide one of the following: softmax, hinge, squared-hinge, logistic, squared, huber"
    ),
    Case("--scaling 0", "The value '0' is invalid for '--scaling <scaling>'"),
    Case("--epoch 3", "Unknown option '--epoch'. Did you mean '--epochs'?"),
    Case("--delimiter ;;", "--delimiter must be one character such as ';', not ';;'"),
    Case("--nosuch", "Unknown option '--nosuch'"),
    Case("--epochs", "Missing value for '--epochs <epochs>'"),
    Case("more.csv", "Unexpected argument 'more.csv'"),
  ]

  @Test(arguments: options) func option(_ wrong: Case) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    let outcome = Tool.run(["train", "points.csv"] + wrong.arguments, in: folder)
    #expect(outcome.errors == ["descent: \(wrong.message); see 'descent train --help'"])
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(folder.names == ["points.csv"])
  }

  /// The whole command line.
  static let commands: [Case] = [
    Case("train", "Missing expected argument '<data>', or --sqlite and --query; see 'descent train --help'"),
    Case(
      "evaluate m",
      "Missing expected argument '<data>', or --sqlite and --query; see 'descent evaluate --help'"),
    Case("predict - -", "MODEL and DATA cannot both be standard input; see 'descent predict --help'"),
    Case(
      "predict m d --scores --probabilities",
      "--scores and --probabilities exclude each other; see 'descent predict --help'"),
    Case("templates m", "Missing expected argument '--output <output>'; see 'descent templates --help'"),
    Case(
      "templates m -o t.jpg", "--output must end in .png or .svg, not 't.jpg'; see 'descent templates --help'"
    ),
    Case("inspect", "Missing expected argument '<model>'; see 'descent inspect --help'"),
    Case(
      "trian x.csv",
      "there is no command 'trian'; the commands are train, evaluate, convert, predict, check, templates, inspect, export"
    ),
    Case("--nosuch", "Unknown option '--nosuch'; see 'descent --help'"),
    Case("train d --seed 1 --seed=2", "the option '--seed' is given twice; give it once"),
    Case("train d -o a --output b", "the option '--output' is given twice; give it once"),
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
    #expect(Tool.run(["--version"], in: Folder()).lines == ["0.1.0"])
  }
}
