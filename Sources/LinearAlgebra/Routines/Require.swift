/// Stops the program with a message where a programmer's promise is broken.
///
/// `precondition` drops its message in release builds; a shape mistake should show both numbers there too.
/// Loops over elements use `precondition` all the same: it costs nothing where it holds.
package func require(
  _ isKept: @autoclosure () -> Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !isKept() { fatalError(message(), file: file, line: line) }
}
