internal import LinearAlgebra

extension Network {
  /// 2 operations a weight and row. What a layer puts out the next one takes in, so two buffers do for any depth.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func score<Element: KernelScalar>(
    _ features: Span<Element>, rows: Int, parameters: Span<Element>, into scores: inout MutableSpan<Element>
  ) {
    require(
      features.count >= rows * inputs, "\(features.count) features for \(rows) rows of \(inputs)")
    require(
      scores.count == rows * outputs, "room for \(scores.count) scores, \(rows) × \(outputs) are to come")
    let last = layers.count - 1
    guard last > 0 else {
      return layers[0].forward(features, parameters: parameters, into: &scores, at: place(0, rows))
    }
    let widest = widths[1...last].max()! * rows
    // A closure may not take an inout span along.
    scores.withUnsafeMutableBufferPointer { scores in
      // Raw, so that nothing clears what each layer overwrites.
      withUnsafeTemporaryAllocation(
        byteCount: 2 * widest * MemoryLayout<Element>.stride, alignment: 64
      ) { bytes in
        let room = bytes.bindMemory(to: Element.self)
        for i in 0...last {
          let half = UnsafeMutableBufferPointer(rebasing: room[i % 2 * widest..<(i % 2 + 1) * widest])
          let other = UnsafeMutableBufferPointer(rebasing: room[(1 - i % 2) * widest..<(2 - i % 2) * widest])
          var output = (i == last ? scores : half).mutableSpan
          var used = output._mutatingExtracting(0..<rows * widths[i + 1])
          let input = i == 0 ? features : other.span.extracting(0..<rows * widths[i])
          layers[i].forward(
            input, parameters: parameters.extracting(ranges[i]), into: &used, at: place(i, rows))
        }
      }
    }
  }

  private func place(_ i: Int, _ rows: Int) -> LayerPlace {
    LayerPlace(rows: rows, inputs: widths[i], number: i)
  }
}
