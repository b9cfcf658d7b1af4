import Descent
import Synchronization

/// Features that are lost once they have been asked for some times whether they are.
final class Fading: FeatureStorage {
  private let base: any FeatureStorage
  private let asked = Atomic(0)

  init(_ base: any FeatureStorage) { self.base = base }

  var rows: Int { base.rows }
  var columns: Int { base.columns }

  var failure: StorageFailure? {
    asked.add(1, ordering: .relaxed).newValue > 50 ? StorageFailure("the disk has failed") : nil
  }

  func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    base.read(range, into: &buffer)
  }

  func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    base.gather(indices, into: &buffer)
  }

  func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<Element>? {
    nil
  }

  func selecting(_ indices: [Int]) -> any FeatureStorage { base.selecting(indices) }
}
