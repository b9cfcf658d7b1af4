import Foundation
import Synchronization
import Testing

/// Chromium without a window, driven by its DevTools protocol over a pipe: messages of JSON that end in a 0.
/// (<https://chromedevtools.github.io/devtools-protocol/>)
final class Browser {
  static let program = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap { name in
    ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }.first

  private let process: pid_t
  private let (commands, answers): (Int32, Int32)
  private let profile = Folder()
  private var session: String?
  private var number = 0
  private var unread: [UInt8] = []
  /// What the page asked for since it was opened, and what it complained of.
  private(set) var requests: [String] = []
  private(set) var complaints: [String] = []
  private var isLoaded = false

  init() throws {
    let (toBrowser, fromBrowser) = (Tool.makePipe(), Tool.makePipe())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Beyond the numbers that the browser has them by: one must not take the other's place.
    let ends = [toBrowser.reading, fromBrowser.writing].map { end in
      defer { close(end) }
      return fcntl(end, F_DUPFD_CLOEXEC, 10)
    }
    for (end, number) in zip(ends, Int32(3)...) { posix_spawn_file_actions_adddup2(&actions, end, number) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = [
      try #require(Self.program), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
      "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-pipe",
      "--user-data-dir=\(profile.path)", "about:blank",
    ]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for word in arguments { free(word) } }
    var process: pid_t = 0
    try #require(posix_spawn(&process, words[0], &actions, nil, &arguments, environ) == 0)
    ends.forEach { close($0) }
    (self.process, commands, answers) = (process, toBrowser.writing, fromBrowser.reading)
    let target = try ask("Target.createTarget", ["url": "about:blank"])["targetId"] as? String
    let attached = try ask("Target.attachToTarget", ["targetId": try #require(target), "flatten": true])
    session = try #require(attached["sessionId"] as? String)
    for domain in ["Page", "Network", "Log", "Runtime"] { _ = try ask("\(domain).enable") }
  }

  deinit {
    close(commands)
    close(answers)
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Opens a file and waits until all of it is there.
  func open(_ path: String) throws {
    (requests, complaints, isLoaded) = ([], [], false)
    _ = try ask("Page.navigate", ["url": "file://\(path)"])
    while !isLoaded { hear(try message()) }
  }

  func show(width: Int, isDark: Bool) throws {
    _ = try ask(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false])
    let scheme = ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
    _ = try ask("Emulation.setEmulatedMedia", ["features": [scheme]])
  }

  /// What a script comes to on the page.
  func evaluate(_ script: String) throws -> Any? {
    let answer = try ask(
      "Runtime.evaluate", ["expression": script, "returnByValue": true, "awaitPromise": true])
    try #require(answer["exceptionDetails"] == nil, "\(answer)")
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// The whole page as a PNG.
  func picture() throws -> Data {
    let answer = try ask("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    return try #require((answer["data"] as? String).flatMap { Data(base64Encoded: $0) })
  }

  private func ask(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    number += 1
    var command: [String: Any] = ["id": number, "method": method, "params": parameters]
    if let session { command["sessionId"] = session }
    var bytes = Array(try JSONSerialization.data(withJSONObject: command)) + [0]
    while !bytes.isEmpty {
      let written = write(commands, bytes, bytes.count)
      try #require(written > 0, "the browser is gone")
      bytes.removeFirst(written)
    }
    while true {
      let message = try message()
      guard message["id"] as? Int == number else {
        hear(message)
        continue
      }
      try #require(message["error"] == nil, "\(method): \(message)")
      return message["result"] as? [String: Any] ?? [:]
    }
  }

  private func hear(_ message: [String: Any]) {
    let details = message["params"] as? [String: Any] ?? [:]
    switch message["method"] as? String {
    case "Network.requestWillBeSent":
      requests.append((details["request"] as? [String: Any])?["url"] as? String ?? "?")
    case "Log.entryAdded": complaints.append("\(details["entry"] ?? "")")
    case "Page.loadEventFired": isLoaded = true
    default: break
    }
  }

  /// The next one; a browser that says nothing for so long is broken.
  private func message() throws -> [String: Any] {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let data = Data(unread[..<end])
        unread.removeSubrange(...end)
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
      }
      var waiting = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      try #require(poll(&waiting, 1, 60_000) == 1, "the browser does not answer")
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &buffer, buffer.count)
      try #require(count > 0, "the browser is gone")
      unread += buffer[..<count]
    }
  }
}
