internal import Foundation

/// A colour of the sRGB space, 8 bits a channel.
struct Colour: Equatable {
  var red, green, blue: UInt8

  static let paper = Colour(255, 255, 255)
  static let ink = Colour(0x33, 0x33, 0x33)
  static let frame = Colour(0xC4, 0xC4, 0xC4)

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }

  /// The nearest displayable colour.
  init(_ lab: Oklab) {
    let (l, m, s) = (
      lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b,
      lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b,
      lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b
    )
    let (l3, m3, s3) = (l * l * l, m * m * m, s * s * s)
    self.init(
      Self.encoded(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
      Self.encoded(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
      Self.encoded(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3))
  }

  /// sRGB's transfer function.
  private static func encoded(_ linear: Double) -> UInt8 {
    let x = min(max(linear, 0), 1)
    return UInt8((255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055)).rounded())
  }

  /// As SVG and HTML write it, such as `#33aa00`.
  var hex: String {
    let number = String(Int(red) << 16 | Int(green) << 8 | Int(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - number.count) + number
  }
}

/// A colour in Oklab, where equal distances look equally far apart.
///
/// B. Ottosson, *A perceptual color space for image processing*, 2020,
/// <https://bottosson.github.io/posts/oklab/>.
struct Oklab {
  var lightness, a, b: Double

  /// From lightness, chroma and hue in degrees.
  init(lightness: Double, chroma: Double, hue: Double) {
    (self.lightness, a, b) = (lightness, chroma * cos(hue * .pi / 180), chroma * sin(hue * .pi / 180))
  }

  /// The colour at `fraction` of the way to `other`.
  func mixed(with other: Oklab, _ fraction: Double) -> Oklab {
    var result = self
    result.lightness += fraction * (other.lightness - lightness)
    result.a += fraction * (other.a - a)
    result.b += fraction * (other.b - b)
    return result
  }
}
