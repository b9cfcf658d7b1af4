/// A picture before it is drawn: rectangles and words at whole pixels, (0, 0) at the top left.
///
/// Layouts make drawings, and ``svg()`` turns them into files.
struct Drawing {
  var width: Int
  var height: Int
  /// In the order they are drawn, the later over the earlier.
  var marks: [Mark] = []

  enum Mark {
    /// The title, what a pointer resting on the rectangle is told, is asked for by formats that have one.
    case fill(Frame, Colour, title: (() -> String)?)
    case text(Words)
    /// A line through points, two pixels wide.
    case stroke([Point], Colour, title: String?)
  }

  mutating func fill(_ frame: Frame, _ colour: Colour, title: (() -> String)? = nil) {
    marks.append(.fill(frame, colour, title: title))
  }

  mutating func stroke(_ points: [Point], _ colour: Colour, title: String? = nil) {
    marks.append(.stroke(points, colour, title: title))
  }

  mutating func write(_ words: Words) { marks.append(.text(words)) }
}

struct Point: Equatable { var x, y: Int }

struct Frame: Equatable {
  var x, y, width, height: Int

  func grown(by margin: Int) -> Frame {
    Frame(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }
}
