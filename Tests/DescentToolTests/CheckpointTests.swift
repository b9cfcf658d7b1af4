import Foundation
import Testing

@Suite("Trainings that are stopped, killed and resumed")
struct CheckpointTests {
  private static let trainings = [
    "--solver momentum --epochs 8", "--solver lbfgs --tolerance 1e-8",
    "--model network --hidden 8 --solver adam --epochs 4 --dropout 0.2", "--loss hinge --tolerance 1e-3",
  ]

  private func words(_ options: String) -> [String] {
    ["train", Tool.digits, "--quiet"] + options.split(separator: " ").map(String.init)
  }

  private func start(_ options: String, in folder: Folder) -> Tool.Run {
    Tool.Run(
      words(options), in: folder, input: open("/dev/null", O_RDONLY | O_CLOEXEC),
      output: open("/dev/null", O_WRONLY | O_CLOEXEC),
      errors: open(folder.path + "/errors", O_WRONLY | O_CREAT | O_CLOEXEC | O_TRUNC, 0o644))
  }

  /// Waits until there is a checkpoint.
  private func waitForCheckpoint(in folder: Folder) {
    for _ in 0..<20_000 where !FileManager.default.fileExists(atPath: folder.path + "/c") { usleep(1000) }
  }

  @Test("kill -9, then the same bits", arguments: trainings) func killed(_ options: String) {
    let folder = Folder()
    #expect(Tool.run(words(options + " -o whole.onnx"), in: folder).code == 0)
    let resuming = options + " -o model.onnx --checkpoint c --checkpoint-every 1e-9 --resume"
    for delay in [0, 3_000, 20_000] {
      let run = start(resuming, in: folder)
      waitForCheckpoint(in: folder)
      usleep(useconds_t(delay))
      kill(run.process, SIGKILL)
      _ = run.wait()
    }
    let outcome = Tool.run(words(resuming), in: folder)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(folder.read("model.onnx") == folder.read("whole.onnx"))
    #expect(Set(folder.names).isSubset(of: ["c", "errors", "model.onnx", "whole.onnx"]), "\(folder.names)")
  }

  @Test("an interrupt leaves a checkpoint", arguments: [SIGINT, SIGTERM]) func interrupted(_ number: Int32) {
    let folder = Folder()
    let options = "--solver momentum --epochs 2000 --checkpoint c --resume"
    let run = start(options + " --checkpoint-every 1e-9 -o m", in: folder)
    waitForCheckpoint(in: folder)
    kill(run.process, number)
    #expect(run.wait() == 130)
    #expect(
      folder.text("errors")
        == "descent: interrupted; the model is the best so far; go on from c by the same command with --resume\n"
    )
    #expect(folder.names == ["c", "errors", "m"])
    let other = Tool.run(words(options + " -o m --l2 0.5 --batch-size 64"), in: folder)
    #expect(
      other.errors == [
        "descent: c: is of another training: l2 is 0.0001 there and 0.5 here, batch size is 128 there and 64 here; give the same data and options, or another --checkpoint"
      ])
    #expect(other.code == 65)
    #expect(folder.names == ["c", "errors", "m"])
  }

  @Test func outOfTimeThenOn() {
    let folder = Folder()
    let options = "--solver adam --epochs 5 --checkpoint c --resume"
    #expect(Tool.run(words("--solver adam --epochs 5 -o whole.onnx"), in: folder).code == 0)
    // Twice so short that it cannot be done, then without a limit.
    for _ in 0..<2 {
      #expect(Tool.run(words(options + " -o m.onnx --time-limit 1e-3"), in: folder).code == 0)
    }
    #expect(folder.read("m.onnx") != folder.read("whole.onnx"))
    #expect(Tool.run(words(options + " -o m.onnx"), in: folder).code == 0)
    #expect(folder.read("m.onnx") == folder.read("whole.onnx"))
  }

  /// A mapped array, and the same in memory.
  @Test func dataMayLieElsewhere() {
    let folder = Folder()
    let (features, labels) = Samples.corners(300)
    folder.write("x.npy", features)
    folder.write("y.npy", labels)
    folder.write("x.npy.gz", Samples.gzip(features))
    func train(_ data: String, _ options: String) -> Tool.Outcome {
      Tool.run(
        ["train", data, "--labels", "y.npy", "--quiet", "--epochs", "5"]
          + options.split(separator: " ").map(String.init), in: folder)
    }
    #expect(train("x.npy", "-o whole.onnx").code == 0)
    for (first, second) in [("x.npy", "x.npy.gz"), ("x.npy.gz", "x.npy")] {
      #expect(train(first, "-o m.onnx --checkpoint c --time-limit 1e-9").code == 0)
      let resumed = train(second, "-o m.onnx --checkpoint c --resume")
      #expect(resumed.code == 0, "\(resumed.errors)")
      #expect(folder.model("m.onnx") == folder.model("whole.onnx"))
      try? FileManager.default.removeItem(atPath: folder.path + "/c")
    }
  }

  @Test func whatIsThereIsNotLost() {
    let folder = Folder()
    folder.write("c", "something of value")
    let again = Tool.run(words("--checkpoint c -o m"), in: folder)
    #expect(
      again.errors == [
        "descent: c: is there already; add --resume to go on from it, or --force to start again"
      ])
    #expect(again.code == 73)
    let foreign = Tool.run(words("--checkpoint c --resume -o m"), in: folder)
    #expect(
      foreign.errors == ["descent: c: is no checkpoint of descent; give the file that --checkpoint named"])
    #expect(foreign.code == 65)
    #expect(folder.names == ["c"] && folder.text("c") == "something of value")
    for wrong in ["--checkpoint nosuch/c", "--checkpoint ."] {
      let outcome = Tool.run(words(wrong + " -o m"), in: folder)
      #expect(outcome.code == 73 && outcome.errors.count == 1)
    }
    #expect(folder.names == ["c"])
  }

  @Test func resumingWhatIsOverGivesItAgain() {
    let folder = Folder()
    let options = "--loss hinge --tolerance 1e-2 --checkpoint c --resume"
    #expect(Tool.run(words(options + " -o first.onnx"), in: folder).code == 0)
    #expect(Tool.run(words(options + " -o second.onnx"), in: folder).code == 0)
    #expect(folder.read("first.onnx") == folder.read("second.onnx"))
  }
}
