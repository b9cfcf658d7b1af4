import Testing

@Suite("Several files as one data set")
struct ShardToolTests {
  /// Rows of `Samples.corners`, in one file and in three.
  private func folder() -> Folder {
    let (folder, (features, labels)) = (Folder(), Samples.corners(300))
    folder.write("x.npy", features)
    folder.write("y.npy", labels)
    let (rowBytes, labelBytes) = (12, (labels.count - 128) / 300)
    for (number, rows) in [0..<100, 100..<101, 101..<300].enumerated() {
      folder.write(
        "part-\(number).npy",
        Samples.npy(
          "<f4", "(\(rows.count), 3)",
          Array(features[(128 + rows.lowerBound * rowBytes)..<(128 + rows.upperBound * rowBytes)])))
      folder.write(
        "labels-\(number).npy",
        header(labels, rows.count)
          + labels[(128 + rows.lowerBound * labelBytes)..<(128 + rows.upperBound * labelBytes)])
    }
    return folder
  }

  /// That of an array of so many rows.
  private func header(_ array: [UInt8], _ rows: Int) -> [UInt8] {
    let text = String(decoding: array[10..<128], as: UTF8.self)
    let type = text.split(separator: "'")[3]
    return Samples.npy(String(type), "(\(rows),)", [])
  }

  @Test func theModelIsThatOfOneFile() {
    let folder = folder()
    for options in [[], ["--holdout", "0.2", "--solver", "adam", "--epochs", "2"]] {
      let one = Tool.run(
        ["train", "x.npy", "--labels", "y.npy", "--quiet", "-o", "one"] + options, in: folder)
      #expect(one.code == 0, "\(one.errors)")
      let many = Tool.run(
        ["train", "part-*.npy", "--labels", "labels-*.npy", "--quiet", "--force"] + options, in: folder)
      #expect(many.code == 0, "\(many.errors)")
      #expect(folder.model("part.onnx") == folder.model("one"))
    }
    let classes = Tool.run(["predict", "one", "x.npy"], in: folder)
    #expect(Tool.run(["predict", "one", "part-*.npy"], in: folder).output == classes.output)
    let joined = Tool.run(
      [
        "convert", "part-*.npy", "joined.npy", "--labels", "labels-*.npy", "--labels-output", "all.npy",
        "--quiet",
      ],
      in: folder)
    #expect(joined.code == 0, "\(joined.errors)")
    #expect(folder.read("joined.npy") == folder.read("x.npy"))
  }

  @Test func badRowsAreToldOfByTheirFile() {
    let folder = folder()
    var bytes = folder.read("part-2.npy")
    bytes.replaceSubrange(128 + 12 * 7..<128 + 12 * 7 + 4, with: [0, 0, 0xc0, 0x7f])
    folder.write("part-2.npy", bytes)
    let run = Tool.run(["train", "part-*.npy", "--labels", "labels-*.npy", "--quiet"], in: folder)
    #expect(
      run.errors == ["descent: part-2.npy: row 7, feature 0 is NaN; remove the row or fill the value in"])
  }

  @Test func whatIsReadIsNotWrittenTo() {
    let folder = folder()
    let run = Tool.run(
      ["convert", "part-*.npy", "part-1.npy", "--labels", "y.npy", "--force"], in: folder)
    #expect(
      run.errors == ["descent: part-1.npy: is read by this command; name another file for the output"])
  }

  /// A shell makes names of a pattern that stands in no quotes.
  @Test func namesInPlaceOfThePattern() {
    let run = Tool.run(["train", "part-0.npy", "part-1.npy"], in: folder())
    #expect(
      run.errors == [
        "descent: Unexpected argument 'part-1.npy'; several files of data are named by one pattern in quotes, such as "
          + "'part-*.csv'; see 'descent train --help'"
      ])
  }
}
