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
    #expect(folder.read("d.onnx") == folder.read("npy.onnx"))
    #expect(folder.read("odd.onnx") == folder.read("npy.onnx"))
    #expect(run(["evaluate", "d.onnx", "d.npz"]).output.hasPrefix("rows       60\naccuracy   "))
    #expect(
      run(["predict", "d.onnx", "odd.npz:a"]).output == run(["predict", "d.onnx", "x.npy"]).output)
    #expect(run(["check", "d.npz"]).output.contains("gradient"))
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
        "descent: d.npz: is the data itself; name another file for the output"
      ])
  }
}
