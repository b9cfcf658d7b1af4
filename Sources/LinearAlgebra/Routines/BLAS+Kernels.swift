internal import COpenBLAS
internal import Foundation

extension BLAS {
  /// Has an OpenBLAS that is older than the processor, and takes it for one that is older still, use the kernels of the
  /// newest that it knows and the processor can run: three times the speed and more where Debian's 0.3.21 takes a Xeon
  /// with AVX-512 for a Prescott.
  ///
  /// For the first line of a program: nothing may compute a product meanwhile. It takes 20 µs, and does what
  /// `OPENBLAS_CORETYPE` in the environment does, which is obeyed where it is set. Last bits of results differ between
  /// kernels. Another BLAS, and an OpenBLAS that knows the processor, are left as they are.
  ///
  /// - Returns: The name of the kernels in use, such as `SkylakeX`; nil where the library has one kind alone.
  @discardableResult
  public static func useNewestKernels() -> String? {
    typealias Action = @convention(c) () -> Void
    typealias Name = @convention(c) () -> UnsafePointer<CChar>?
    guard let name = find("openblas_get_corename", as: Name.self),
      // OpenBLAS chooses by the first when it is loaded, before a program can say anything; the second forgets.
      let choose = find("gotoblas_dynamic_init", as: Action.self),
      let forget = find("gotoblas_dynamic_quit", as: Action.self)
    else { return nil }
    func current() -> String? { name().map { String(cString: $0) } }
    guard getenv(variable) == nil, let before = current(), kernelsAreOld(before), let better = newestKernels
    else {
      return current()
    }
    setenv(variable, better, 1)
    defer { unsetenv(variable) }
    forget()
    choose()
    return current()
  }

  private static let variable = "OPENBLAS_CORETYPE"

  /// Whether these are kernels for processors without AVX2, which OpenBLAS falls back on.
  static func kernelsAreOld(_ name: String) -> Bool {
    [
      "Prescott", "Core2", "Penryn", "Dunnington", "Atom", "Nano", "Nehalem", "Sandybridge", "Opteron",
      "Opteron_SSE3", "Barcelona", "Bobcat", "Bulldozer", "Piledriver", "Steamroller",
    ].contains(name)
  }

  /// The name of kernels that OpenBLAS has had since 2018, by what the processor and the system support; nil for others.
  static var newestKernels: String? {
    switch descent_vector_level() {
    case 2: "SkylakeX"
    case 1: "Haswell"
    default: nil
    }
  }
}
