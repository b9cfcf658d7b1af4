import Descent
import LinearAlgebra

/// Takes CIFAR-10's records from files that follow one another.
final class CIFARRecords {
  private let inputs: [Input]
  private let options: DataOptions
  /// The class of each label.
  private let classes: [Int32?]
  private let names: [String]
  private var file = 0
  /// The records that were taken of the file.
  private var record = 0

  /// Checks what can be seen before reading: the files' sizes, and that images fit the model.
  init(_ inputs: [Input], _ options: DataOptions) throws(FileError) {
    (self.inputs, self.options) = (inputs, options)
    let known = options.model?.classNames ?? []
    names = known.isEmpty ? CIFAR10.classNames : known
    classes = CIFAR10.classNames.enumerated().map { [names] label, name in
      (names.firstIndex(of: name) ?? names.firstIndex(of: "\(label)")).map { Int32($0) }
    }
    if let model = options.model, model.features != CIFAR10.imageShape.pixels {
      throw FileError(
        .badData, inputs[0].name,
        "images of \(CIFAR10.imageShape.pixels) numbers do not fit the model, which takes "
          + counted(model.features, "feature"), remedy: "give rows of the shape it was trained on")
    }
    if options.labelsPath != nil {
      throw FileError(
        .badData, inputs[0].name, "CIFAR-10's records hold their labels", remedy: "leave \(.labels) out")
    }
    for input in inputs {
      guard try !input.peek(1).isEmpty else {
        throw FileError(
          .badData, input.name, "there are no images", remedy: "check that it is the right file")
      }
      if let size = input.size, size % CIFAR10.recordSize != 0 { throw notWhole(input, size) }
    }
  }

  /// How many there are, where the files' sizes tell.
  var expectedRows: Int? {
    inputs.reduce(0) { sum, input in sum.flatMap { sum in input.size.map { sum + $0 / CIFAR10.recordSize } } }
  }

  /// Adds the next `count` records, fewer at the end alone; returns how many. Those of a block are of one file.
  func next(_ count: Int, labels: inout [UInt8], pixels: inout [UInt8]) throws(FileError) -> Int {
    while file < inputs.count {
      let size = CIFAR10.recordSize
      let bytes = try inputs[file].take(count * size)
      let whole = bytes.count / size
      for index in 0..<whole {
        let label = bytes[index * size]
        guard label < classes.count else {
          throw failure(
            record + index, "the label \(label), where CIFAR-10 has 0 to 9", "check that it is the right file"
          )
        }
        guard options.target != .classes || classes[Int(label)] != nil else {
          throw failure(
            record + index,
            "the class \(quoted(CIFAR10.classNames[Int(label)])), which the model does not know",
            "it knows \(listed(names, 10))")
        }
        labels.append(label)
        pixels.append(contentsOf: bytes[index * size + 1..<(index + 1) * size])
      }
      record += whole
      if bytes.count % size != 0 { throw notWhole(inputs[file], record * size + bytes.count % size) }
      if whole > 0 { return whole }
      (file, record) = (file + 1, 0)
    }
    return 0
  }

  /// Labels as targets, and the classes' names.
  func targets(_ labels: [UInt8]) -> (targets: Targets, classNames: [String]) {
    options.target == .numbers
      ? (.values(labels.map { Double($0) }), []) : (.labels(labels.map { classes[Int($0)]! }), names)
  }

  private func notWhole(_ input: Input, _ size: Int) -> FileError {
    FileError(
      .badData, input.name,
      "\(counted(size, "byte")) are no whole number of CIFAR-10's records of \(CIFAR10.recordSize)",
      remedy: size % (CIFAR10.recordSize + 1) == 0
        ? "CIFAR-100 is not read: convert it to .npy" : "copy the file again, or give its \(.format)")
  }

  private func failure(_ record: Int, _ what: String, _ remedy: Phrase) -> FileError {
    FileError(
      .badData, inputs[file].name, at: .byte(record * CIFAR10.recordSize), "record \(record) has \(what)",
      remedy: remedy)
  }
}
