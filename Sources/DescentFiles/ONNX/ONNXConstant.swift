internal import Descent

/// A tensor of a graph whose content is known: weights, shapes, names of classes.
struct ONNXConstant {
  enum Content {
    /// In Double, whatever they were stored as: a Float is one.
    case numbers([Double], isDouble: Bool)
    case integers([Int64])
    case texts([String])
  }

  var dims: [Int]
  var content: Content

  var count: Int {
    switch content {
    case .numbers(let values, _): values.count
    case .integers(let values): values.count
    case .texts(let values): values.count
    }
  }

  /// As numbers; nil where they are texts.
  var numbers: [Double]? {
    switch content {
    case .numbers(let values, _): values
    case .integers(let values): values.map(Double.init)
    case .texts: nil
    }
  }

  var integers: [Int64]? {
    if case .integers(let values) = content { values } else { nil }
  }

  var isDouble: Bool {
    if case .numbers(_, isDouble: true) = content { true } else { false }
  }

  /// As names of classes.
  var names: [String]? {
    switch content {
    case .texts(let values): values
    case .integers(let values): values.map { "\($0)" }
    case .numbers(let values, _):
      // Classes that scikit-learn was given as floating-point numbers.
      values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 } ? values.map { "\(Int64($0))" } : nil
    }
  }
}

extension ONNXConstant {
  /// Reads a tensor's numbers.
  ///
  /// - Parameter external: Gives the bytes of a tensor that lies in a file of its own.
  init(
    _ tensor: ONNXTensor, external: (ONNXTensor) throws(ONNXFailure) -> ArraySlice<UInt8>
  ) throws(ONNXFailure) {
    let name = "the tensor \(quoted(tensor.name))"
    var count = 1
    for size in tensor.dims {
      let (product, overflow) = count.multipliedReportingOverflow(by: Int(size))
      guard size >= 0, !overflow else { throw ONNXFailure("\(name) has the impossible shape \(tensor.dims)") }
      count = product
    }
    dims = tensor.dims.map { Int($0) }
    let raw = tensor.isExternal ? try external(tensor) : tensor.raw
    func whole(_ size: Int) throws(ONNXFailure) -> ArraySlice<UInt8>? {
      guard let raw else { return nil }
      let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, raw.count == bytes else {
        throw ONNXFailure("\(name) of shape \(tensor.dims) does not take \(raw.count) bytes")
      }
      return raw
    }
    switch ONNXTensor.Content(tensor.type) {
    case .numbers(.float32):
      let values = try whole(4).map { littleEndianNumbers($0).map { Double(Float(bitPattern: $0)) } }
      content = .numbers(values ?? tensor.floats.map { Double($0) }, isDouble: false)
    case .numbers(.float64):
      let values = try whole(8).map { littleEndianNumbers($0).map { Double(bitPattern: $0) } }
      content = .numbers(values ?? tensor.doubles, isDouble: true)
    case .numbers(.int64):
      content = .integers(try whole(8).map { littleEndianNumbers($0) } ?? tensor.int64s)
    case .numbers(.int32):
      let values: [Int64]? = try whole(4).map { littleEndianNumbers($0).map { Int64(Int32(bitPattern: $0)) } }
      content = .integers(values ?? tensor.int32s)
    case .texts: content = .texts(tensor.texts)
    case .numbers, nil:
      throw ONNXFailure("\(name) holds numbers of the type \(tensor.type), which is not read")
    }
    guard self.count == count else {
      throw ONNXFailure("\(name) of shape \(tensor.dims) holds \(self.count) numbers")
    }
  }
}

/// Why a model in an ONNX file is not read.
struct ONNXFailure: Error {
  var problem: String
  var remedy: Phrase

  init(_ problem: String, remedy: Phrase = "the file is damaged: export or copy it again") {
    (self.problem, self.remedy) = (problem, remedy)
  }

  /// What is no chain of layers.
  static func unsupported(_ problem: String) -> ONNXFailure {
    ONNXFailure(problem, remedy: "descent reads chains of affine layers and activations alone")
  }
}
