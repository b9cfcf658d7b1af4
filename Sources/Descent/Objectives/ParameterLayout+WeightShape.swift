extension ParameterLayout.Part {
  /// Its weights as a penalty sees them: a row of them an output, whatever further dimensions they have.
  var weightShape: WeightShape {
    let outputs = max(1, shape[0])
    return WeightShape(outputs: outputs, inputs: range.count / outputs)
  }
}
