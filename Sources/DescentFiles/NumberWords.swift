import Descent

/// What a number is that a precision cannot hold: by its name, or itself where it is only too large.
func words(for number: some BinaryFloatingPoint) -> String {
  NonFinite(number)?.rawValue ?? "\(Double(number))"
}
