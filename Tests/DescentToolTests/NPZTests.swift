import Testing

@Suite("NumPy's archives")
struct NPZTests {
  @Test func areTakenWhereverDataAre() {
    let (folder, (features, labels)) = (Folder(), Samples.corners(60))
    folder.write("x.npy", features)
    folder.write("y.npy", labels)
    folder.write("d.npz", ZipSample.npz(["images": features, "labels": labels], isDeflated: true))
    folder.write("odd.npz", ZipSample.npz(["a": features, "b": labels]))
    func run(_ arguments: [String]) -> Tool.Outcome {
      let run = Tool.run(arguments, in: folder)
      #expect(run.code == 0, "\(run.errors)")
      return run
    }
    _ = run(["train", "x.npy", "--labels", "y.npy", "--quiet", "-o", "npy.onnx"])
    _ = run(["train", "d.npz", "--test", "d.npz:images", "--quiet"])
    _ = run(["train", "odd.npz:a", "--labels", "odd.npz:b", "--quiet"])
    #expect(folder.model("d.onnx") == folder.model("npy.onnx"))
    #expect(folder.model("odd.onnx") == folder.model("npy.onnx"))
    let evaluated = run(["evaluate", "d.onnx", "d.npz"])
    #expect(evaluated.lines.first == "rows       60" && evaluated.measured("accuracy") != nil)
    #expect(
      run(["predict", "d.onnx", "odd.npz:a"]).output == run(["predict", "d.onnx", "x.npy"]).output)
    #expect(run(["check", "d.npz"]).output.contains("gradient"))
  }

  /// Python's own reader finds them sound, ours takes them back, and they train as the table does.
  @Test func areWritten() {
    let folder = Folder()
    let rows = (0..<700).map { "\(Double($0) / 8 + 0.0625),\($0 % 7),\($0 % 3)\n" }.joined()
    folder.write("t.csv", rows)
    func run(_ arguments: [String], code: Int32 = 0) -> Tool.Outcome {
      let run = Tool.run(arguments, in: folder)
      #expect(run.code == code, "\(run.errors)")
      return run
    }
    #expect(run(["convert", "t.csv", "t.npz"]).errors == ["wrote 700 rows to t.npz"])
    _ = run(["convert", "t.npz", "back.csv"])
    #expect(Bool(folder.text("back.csv") == rows))
    let python =
      "command -v python3 >/dev/null || exit 0; python3 -m zipfile -t t.npz; python3 -m zipfile -l t.npz"
    let outcome = Tool.run([], in: folder, under: ["sh", "-c", python])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.isEmpty || outcome.lines.first == "Done testing" && outcome.lines.count == 4)
    _ = run(["convert", "t.npz", "x.npz", "--no-labels", "--type", "float64"])
    _ = run(["convert", "t.csv", "y.npy", "--labels-output", "labels.npy", "--type", "float64"])
    _ = run(["convert", "x.npz", "z.npy"])
    #expect(Bool(folder.read("z.npy") == folder.read("y.npy")))
    _ = run(["train", "t.npz", "--quiet", "-o", "a.onnx"])
    _ = run(["train", "t.npz:x", "--labels", "labels.npy", "--quiet", "-o", "b.onnx"])
    #expect(Bool(folder.model("a.onnx") == folder.model("b.onnx")))
    folder.write("names.csv", Samples.points)
    #expect(
      run(["convert", "names.csv", "t.npz", "--force"], code: 65).errors[0].contains(
        "'a', is no number, and t.npz holds numbers"))
    #expect(
      run(["convert", "back.csv", "-", "--output-format", "npz", "--quiet"]).bytes == folder.read("t.npz"))
    // Behind what stands there already nothing can be begun anew.
    let appended = Tool.run(
      [], in: folder, under: ["sh", "-c", "exec \"$0\" convert t.csv - --output-format npz >>y.npy"])
    #expect(appended.code == 73 && folder.read("y.npy") == folder.read("z.npy"))
  }

  @Test func areConverted() {
    let (folder, (features, labels)) = (Folder(), Samples.corners(5))
    folder.write("d.npz", ZipSample.npz(["x": features, "y": labels]))
    func convert(_ arguments: [String]) -> Tool.Outcome {
      Tool.run(["convert", "d.npz"] + arguments + ["--quiet"], in: folder)
    }
    #expect(convert(["x.npy", "--labels-output", "y.idx"]).code == 0)
    #expect(folder.read("x.npy") == features)
    #expect(folder.read("y.idx") == Samples.labels(5))
    #expect(convert(["plain.npy", "--no-labels"]).code == 0)
    #expect(folder.read("plain.npy") == features)
    #expect(convert(["d.svm"]).code == 0)
    #expect(
      folder.text("d.svm").split(separator: "\n").map { $0.prefix(2) } == ["0 ", "1 ", "0 ", "1 ", "0 "])
    #expect(
      convert(["z.npy"]).errors == [
        "descent: z.npy: NPY keeps the labels in a file of its own; name it with --labels-output, or say --no-labels"
      ])
    #expect(
      Tool.run(["convert", "d.npz:x", "d.npz", "--output-format", "npy"], in: folder).errors == [
        "descent: d.npz: is read by this command; name another file for the output"
      ])
  }
}
