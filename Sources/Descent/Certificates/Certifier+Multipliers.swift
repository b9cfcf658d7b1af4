internal import LinearAlgebra

extension Certifier {
  /// The certificate of `parameters` for the hinge, with the bound that multipliers `[rows, classes]` prove.
  func certify<Element: KernelScalar, Other: KernelScalar>(
    _ parameters: [Element], multipliers: RowBuffer<Other>
  ) -> Certificate {
    let exact = written(parameters)
    _ = pass.sweep { [point = dual.point, rowLoss] range in
      point.update(range) { slopes in
        multipliers.read(range) { a in for i in 0..<a.count { slopes[i] = Double(a[i]) } }
        rowLoss.clip(range, &slopes)
      }
      return 0
    }
    raise(to: bound(rest: dual.meetBiasCondition(), exact))
    return certificate(value(at: exact))
  }
}
