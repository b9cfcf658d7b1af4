/// A sentence, or part of one, that may name options: it knows which option is meant, and a program how its users spell it.
///
/// ```swift
/// let remedy: Phrase = "name the column with \(.label)"
/// remedy.description         // name the column with 'label'
/// remedy.text { "--\($0)" }  // name the column with --label
/// ```
public struct Phrase: Sendable, Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
  /// What can be set of a training or of the reading of a file, by name.
  public struct Option: Sendable, Equatable {
    /// In small letters, words joined by `-`, such as `learning-rate`: a program spells it as its users know it.
    public let name: String

    /// An option of any name; those that the library's messages speak of are constants, such as ``learningRate``.
    public init(_ name: String) { self.name = name }
  }

  private enum Part: Sendable, Equatable {
    case words(String)
    case option(Option)
  }

  /// No words are empty, and none follow others.
  private var parts: [Part] = []

  /// Words alone, which name no option whatever they say. Of an empty text the phrase is empty.
  public init(_ words: String) { append(.words(words)) }
  public init(stringLiteral words: String) { self.init(words) }
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.phrase }

  private mutating func append(_ part: Part) {
    switch (parts.last, part) {
    case (_, .words("")): break
    case (.words(let before)?, .words(let words)): parts[parts.count - 1] = .words(before + words)
    default: parts.append(part)
    }
  }

  /// Whether it has neither words nor options: so is the remedy of an error that has none.
  public var isEmpty: Bool { parts.isEmpty }

  /// In words, with options as `naming` spells their names.
  public func text(naming: (String) -> String) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .option(let option): naming(option.name)
      }
    }.joined()
  }

  public var description: String { text { "'\($0)'" } }

  /// One after the other, options kept; no space is put between them.
  public static func + (first: Phrase, second: Phrase) -> Phrase {
    var result = first
    result += second
    return result
  }

  /// Appends a phrase, options kept; no space is put before it.
  public static func += (first: inout Phrase, second: Phrase) {
    for part in second.parts { first.append(part) }
  }

  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var phrase = Phrase("")

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ words: String) { phrase.append(.words(words)) }

    /// Names an option, to be spelt where the phrase becomes text.
    public mutating func appendInterpolation(_ option: Option) { phrase.append(.option(option)) }

    /// Adds the description as words, that of a phrase too: to keep the options of one, append it by `+`.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      appendLiteral(value.description)
    }
  }
}

extension Phrase.Option {
  /// How features are brought to one scale: ``Trainer/scaling``.
  public static let scaling = Self("scaling")
  /// Whether the model is linear or a network: ``Trainer/model``.
  public static let model = Self("model")
  /// What a model learns by: ``Trainer/loss``.
  public static let loss = Self("loss")
  /// The strength of ‖W‖₁ in the penalty: ``ElasticNet/l1``.
  public static let l1 = Self("l1")
  /// The strength of ½‖W‖² in the penalty: ``ElasticNet/l2``.
  public static let l2 = Self("l2")
  /// The rate that steps after batches start at: ``MiniBatch/learningRate``.
  public static let learningRate = Self("learning-rate")
}
