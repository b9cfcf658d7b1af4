/// The losses that come with the library, by name. A new one is one line here.
public enum Losses {
  /// - Parameter margin: for those that have one.
  public static func all(margin: Double = 1) -> [any Loss] {
    [Softmax(), Hinge(margin: margin), SquaredHinge(margin: margin), Logistic(), SquaredError(), Huber()]
  }

  public static func named(_ name: String, margin: Double = 1) -> (any Loss)? {
    all(margin: margin).first { $0.name == name }
  }
}
