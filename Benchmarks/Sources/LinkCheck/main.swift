import Descent
import DescentFiles

let data = try DataFile.read("Data/digits/digits.csv")
let (train, test) = data.split(holdout: 0.2, seed: 0)
let fit = try Trainer(loss: Softmax()).fit(train)

// All the images that were held out.
let digits = fit.model.classify(test.features)
print("\(digits.count) images were classified.")

// One image, eight rows of eight pixels.
let image: [Float] = [
  0, 0, 5, 13, 9, 1, 0, 0,
  0, 0, 13, 15, 10, 15, 5, 0,
  0, 3, 15, 2, 0, 11, 8, 0,
  0, 4, 12, 0, 0, 8, 8, 0,
  0, 5, 8, 0, 0, 9, 8, 0,
  0, 4, 11, 0, 1, 12, 7, 0,
  0, 2, 14, 5, 10, 12, 0, 0,
  0, 0, 6, 13, 10, 0, 0, 0,
]
let digit = fit.model.classify(image)
print("The image shows a \(digit).")

// How good the model is, beside always answering the most frequent digit, and how sure that is.
let evaluation = fit.model.evaluate(on: test)
var generator = SeededGenerator(seed: 0)
let interval = evaluation.intervals(Bootstrap(replicates: 200), using: &generator)[.accuracy]!
print("Accuracy \(evaluation.metrics[.accuracy]!), in \(interval).")
print("Baseline \(evaluation.baseline[.accuracy]!).")

// Beyond the example of Documentation/library.md: are they classified well?
guard case .labels(let labels) = test.targets else { fatalError("digits have classes") }
let right = zip(digits, labels).count { $0 == data.classNames[Int($1)] }
precondition(interval.contains(Double(right) / Double(test.rows)), "an accuracy of \(interval)")
precondition(digit == "0", "the image was taken for a \(digit)")
precondition(digits.count == test.rows && test.rows > 300, "\(digits.count) of \(test.rows) rows classified")
precondition(Double(right) >= 0.93 * Double(test.rows), "\(right) of \(test.rows) rows classified right")

// What the articles of Documentation/Descent.docc show.
try firstClassifier()
try deployed()
try proof()
try gradientCheck()
try customLoss()
try penaltyChoice()
try typedColumns()
