public import LinearAlgebra

/// The Jacobian ∂outputs/∂inputs of a layer at one row, `[outputs, inputs]`, by back-propagating one unit vector after
/// the other.
///
/// For teaching and tests: layers themselves never form it. That of ``ReLU`` is diagonal, of zeros and ones.
public func jacobian(of layer: any Layer, at row: [Double], parameters: [Double] = []) -> Matrix<Double> {
  let run = LayerRun(layer, LayerPlace(rows: 1, inputs: row.count))
  require(
    parameters.count == run.layout.count,
    "\(parameters.count) parameters for a layer of \(run.layout.count)")
  return Matrix(
    (0..<run.outputs).map { j in
      var unit = [Double](repeating: 0, count: run.outputs)
      unit[j] = 1
      return run.backward(row, parameters, unit).inputs
    })
}

/// The Jacobian of any function at a point, `[outputs, inputs]`, by differences.
public func jacobian(of function: ([Double]) -> [Double], at point: [Double]) -> Matrix<Double> {
  let outputs = function(point).count
  var result = Matrix<Double>(rows: outputs, columns: point.count)
  for i in point.indices {
    for j in 0..<outputs {
      result[j, i] =
        NumericalDerivative { t in
          var moved = point
          moved[i] += t
          return function(moved)[j]
        }.value
    }
  }
  return result
}

/// A layer by itself, with buffers for rows of Double.
struct LayerRun {
  private let layer: any Layer
  private let place: LayerPlace
  let layout: ParameterLayout
  let outputs: Int

  init(_ layer: any Layer, _ place: LayerPlace) {
    (self.layer, self.place) = (layer, place)
    layout = layer.layout(inputs: place.inputs)
    outputs = layer.outputs(for: place.inputs)
  }

  func forward(_ inputs: [Double], _ parameters: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: place.rows * outputs)
    var span = result.mutableSpan
    layer.forward(inputs.span, parameters: parameters.span, into: &span, at: place)
    return result
  }

  /// ∂/∂inputs and ∂/∂parameters of Σ slopes·outputs.
  func backward(
    _ inputs: [Double], _ parameters: [Double], _ slopes: [Double]
  ) -> (inputs: [Double], parameters: [Double]) {
    let outputs = forward(inputs, parameters)
    var (inputSlopes, gradient) = (
      [Double](repeating: 0, count: inputs.count), [Double](repeating: 0, count: parameters.count)
    )
    var slopes = slopes
    var slopesSpan = slopes.mutableSpan
    var inputSpan = inputSlopes.mutableSpan
    var gradientSpan = gradient.mutableSpan
    layer.backward(
      slopes: &slopesSpan, inputs: inputs.span, outputs: outputs.span, parameters: parameters.span,
      into: &inputSpan, scale: 1, gradient: &gradientSpan, at: place)
    return (inputSlopes, gradient)
  }
}
