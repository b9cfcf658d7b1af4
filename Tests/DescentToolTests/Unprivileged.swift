import Foundation
import Testing

/// Runs the tool as a user whom permissions bind: root may read and write everything.
enum Unprivileged {
  static let isPossible = wrapper != nil
  static let comment: Comment = "the tests run as root, and setpriv (util-linux) is not installed"

  /// The command that runs it so, as `wrapper` of ``Tool/run``: none is needed where the tests do not run as root, and
  /// nil where setpriv (util-linux) is missing.
  static let wrapper: [String]? = {
    if geteuid() != 0 { return [] }
    let places: [String] = ["/usr/bin/setpriv", "/bin/setpriv"]
    guard let setpriv = places.first(where: { access($0, X_OK) == 0 }) else { return nil }
    return [
      setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c",
      "exec \"\(reachable.path)/descent\" \"$@\"",
    ]
  }()

  /// Holds the binary, whose own folder others may not enter.
  private static let reachable: Folder = {
    let folder = Folder()
    chmod(folder.path, 0o755)
    atexit { try? FileManager.default.removeItem(atPath: Unprivileged.reachable.path) }
    let copy = folder.path + "/descent"
    if link(Tool.path, copy) != 0 { try! FileManager.default.copyItem(atPath: Tool.path, toPath: copy) }
    return folder
  }()
}
