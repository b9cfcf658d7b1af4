internal import Foundation

/// The cores that this process may use.
var availableCores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
