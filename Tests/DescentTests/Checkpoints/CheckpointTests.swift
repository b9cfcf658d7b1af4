import Descent
import LinearAlgebra
import Synchronization
import Testing

@Suite("Which training a checkpoint is of")
struct CheckpointTests {
  private static let data = overlapping(rows: 60, features: 3, classes: 3)
  private static let recipe = Trainer(solver: MiniBatch(Momentum(), epochs: 2, batchSize: 10), seed: 1)

  private static let checkpoint: Checkpoint = {
    let kept = Mutex<[Checkpoint]>([])
    _ = try! recipe.fit(
      data, as: Float.self, checkpoints: Checkpointing(every: .zero) { c in kept.withLock { $0.append(c) } })
    return kept.withLock { $0[3] }
  }()

  private func refusal<Element: KernelScalar>(
    _ trainer: Trainer = recipe, _ data: Dataset = data, as type: Element.Type = Float.self,
    from checkpoint: Checkpoint = checkpoint
  ) -> String? {
    do throws(TrainingError) {
      _ = try trainer.fit(data, as: type, checkpoints: Checkpointing(from: checkpoint) { _ in })
      return nil
    } catch {
      guard case .checkpoint(let error) = error else { return "\(error)" }
      return error.description
    }
  }

  private func changed(_ change: (inout Trainer) -> Void) -> Trainer {
    var trainer = Self.recipe
    change(&trainer)
    return trainer
  }

  @Test func theSameOneGoesOn() {
    #expect(refusal() == nil)
    #expect(refusal(changed { $0.threads = 3 }) == nil)
    #expect(refusal(changed { $0.timeLimit = .seconds(100) }) == nil)
  }

  @Test func otherOptionsAreNamed() throws {
    let start = "is of another training: "
    #expect(refusal(changed { $0.seed = 2 }) == start + "seed is 1 there and 2 here")
    #expect(refusal(changed { $0.penalty = L2(0.5) }) == start + "l2 is 0.0001 there and 0.5 here")
    #expect(
      refusal(changed { $0.loss = Hinge(margin: 2) })?.contains("loss is softmax there and hinge here")
        == true)
    let huber = Trainer(loss: Huber(delta: 0.5), solver: Newton())
    let numbers = Dataset(features: [[0], [1], [2.5]] as Matrix<Float>, values: [1, 2, 7])
    let kept = Mutex<Checkpoint?>(nil)
    _ = try huber.fit(
      numbers, as: Float.self, checkpoints: Checkpointing(every: .zero) { c in kept.withLock { $0 = c } })
    var other = huber
    other.loss = Huber(delta: 0.25)
    #expect(
      refusal(other, numbers, from: try #require(kept.withLock { $0 }))
        == start + "delta is 0.5 there and 0.25 here")
    #expect(refusal(changed { $0.scaling = .none })?.hasPrefix(start + "scaling is") == true)
    #expect(
      refusal(changed { $0.solver = MiniBatch(Momentum(), epochs: 2, batchSize: 9) })
        == start + "batch size is 10 there and 9 here")
    #expect(
      refusal(changed { $0.earlyStopping = EarlyStopping() })
        == start + "patience is not set there and 5 here, validation is not set there and 0.1 here")
    #expect(refusal(Self.recipe, as: Double.self) == start + "precision is float there and double here")
  }

  @Test func otherDataAreNoticed() throws {
    let hash = "is of another training: the hash of the data is "
    var swapped = Self.data
    swapped.classNames.swapAt(0, 1)
    #expect(refusal(Self.recipe, swapped)?.hasPrefix(hash) == true)
    // One number, changed in its last bit.
    var numbers = [Double](repeating: 0, count: 180)
    var span = numbers.mutableSpan
    Self.data.features.read(0..<60, into: &span)
    for place in [0, 91, 179] {
      var other = numbers
      other[place] = other[place].nextUp
      var data = Self.data
      data.features = DenseStorage(rows: 60, columns: 3, elements: other[...])
      #expect(refusal(Self.recipe, data)?.hasPrefix(hash) == true, "\(place)")
    }
    var labelled = Self.data
    var labels = try labelled.targets.requireLabels()
    labels[labels.startIndex + 59] = (labels[labels.startIndex + 59] + 1) % 3
    labelled.targets = .labels(labels)
    #expect(refusal(Self.recipe, labelled)?.hasPrefix(hash) == true)
    #expect(
      refusal(Self.recipe, Self.data.rows(at: Array(0..<59)))?.hasPrefix(
        "is of another training: the number of rows is 60 there and 59 here") == true)
  }

  /// Whatever the bytes of the state are, the answer is an error or a model.
  @Test func aStateThatIsDamagedIsAnError() throws {
    let bytes = Self.checkpoint.encoded()
    var refused = 0
    for place in stride(from: 0, to: bytes.count, by: 3) {
      var changed = bytes
      changed[place] ^= 0x41
      guard let damaged = try? Checkpoint(decoding: changed) else { continue }
      if refusal(from: damaged) != nil { refused += 1 }
    }
    #expect(refused > 10)
  }

  /// XXH3 of 64 bits, from Tests/References/content_hash.py.
  @Test func hashesAreThoseOfTheSpecification() {
    let bytes = (0..<1000).map { (i: Int) -> UInt8 in UInt8((i * 7 + i / 3) % 251) }
    let expected: [Int: UInt64] = [
      0: 0x2d06800538d394c2,
      1: 0xc44bdff4074eecdb,
      17: 0x266434fae01a301b,
      240: 0xc40260415a0b171b,
      241: 0x25429cbb8d5c66f4,
      1000: 0x328a482f93032252,
    ]
    for (length, value) in expected {
      let whole = ContentHash()
      whole.add(Array(bytes.prefix(length)))
      #expect(whole.value == value, "\(length) bytes")
      let parts = ContentHash()
      for start in stride(from: 0, to: length, by: 13) {
        parts.add(bytes[start..<min(start + 13, length)])
      }
      #expect(parts.value == value, "\(length) bytes in parts")
    }
  }
}
