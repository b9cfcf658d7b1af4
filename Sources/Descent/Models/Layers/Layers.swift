/// The layers that come with the library, by the texts that model files hold. A new one is one line here.
public enum Layers {
  /// The layer that ``Layer/text`` of some layer describes; nil where it is none of ours, or a setting is out of range.
  public static func named(_ text: String) -> (any Layer)? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let number = words.count == 2 ? Double(words[1]) : nil
    switch (words[0], words.count) {
    case ("relu", 1): return ReLU()
    case ("tanh", 1): return Tanh()
    case ("sigmoid", 1): return Sigmoid()
    case ("leaky-relu", 2): return number.flatMap { $0 > 0 && $0 < 1 ? LeakyReLU($0) : nil }
    case ("dropout", 2): return number.flatMap { $0 >= 0 && $0 < 1 ? Dropout($0) : nil }
    case ("affine", 2): return Int(words[1]).flatMap { $0 >= 1 && $0 <= Int(Int32.max) ? Affine($0) : nil }
    default: return nil
    }
  }
}
