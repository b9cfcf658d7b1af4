import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

enum WorkerTask: String, ExpressibleByArgument {
  case gradient, epoch, products, score1, score64, score4096

  func prepare(_ data: WorkerData, threads: Int, naive: Bool) -> () -> Answer {
    switch self {
    case .gradient: naive ? naiveGradient(data) : gradient(data, threads)
    case .epoch: epoch(data, threads)
    case .products: matrixProducts(data, threads)
    case .score1: scoreRow(data)
    case .score64: score(data, batch: 64)
    case .score4096: score(data, batch: 4096)
    }
  }

  /// The mean softmax loss and the norm of its gradient, at the weights that all peers use.
  private func gradient(_ data: WorkerData, _ threads: Int) -> () -> Answer {
    let objective = data.objective(threads: threads)
    let parameters = data.parameters
    let gradient = Box([Float](repeating: 0, count: parameters.count))
    return {
      var loss = 0.0
      let time = seconds { loss = objective.value(at: parameters, gradient: &gradient.value) }
      return Answer(
        seconds: time, result: [loss, Double(norm2(gradient.value.span))], bits: fingerprint(gradient.value))
    }
  }

  private func naiveGradient(_ data: WorkerData) -> () -> Answer {
    let x = data.x
    return {
      var (loss, gradient) = (0.0, [Float]())
      let time = seconds {
        (loss, gradient) = Naive.lossAndGradient(
          x, labels: data.labels, weights: data.weights, biases: data.biases)
      }
      return Answer(seconds: time, result: [loss, Double(norm2(gradient.span))])
    }
  }

  /// Seconds an epoch, the first one left out; and the mean loss over the last, which is about the same
  /// whatever the order of the rows.
  private func epoch(_ data: WorkerData, _ threads: Int) -> () -> Answer {
    let objective = data.objective(threads: threads)
    let solver = MiniBatch(Momentum(0.9), epochs: 4, batchSize: 128, learningRate: 0.05)
    return {
      var generator = SeededGenerator(seed: 0)
      var parameters = objective.model.initialParameters(of: Float.self, using: &generator)
      let monitor = Monitor()
      _ = try! solver.minimize(objective, from: &parameters, seed: 0, monitor: monitor)
      let history = monitor.history
      let loss = history[3].objective - objective.penaltyValue(at: parameters)
      return Answer(seconds: (history[3].seconds - history[0].seconds) / 3, result: [loss])
    }
  }

  /// Seconds a row, each alone.
  private func scoreRow(_ data: WorkerData) -> () -> Answer {
    let (model, columns, x) = (data.trained, data.columns, data.matrix.elements)
    let rows = min(4096, data.labels.count)
    let scores = Box([Float](repeating: 0, count: data.classes))
    return {
      var sum = 0.0
      let time = seconds {
        for i in 0..<rows {
          let row = x.span.extracting(i * columns..<(i + 1) * columns)
          scores.change { model.scores(row, into: &$0) }
          sum += Double(scores.value[0])
        }
      }
      return Answer(seconds: time / Double(rows), result: [sum])
    }
  }

  /// Seconds a row, in batches; and the sum of the first scores of the first rows.
  private func score(_ data: WorkerData, batch: Int) -> () -> Answer {
    let (model, all) = (data.trained, data.matrix)
    let batches = (0..<min(8192, all.rows) / batch).map { all.rows($0 * batch..<($0 + 1) * batch) }
    return {
      var sum = 0.0
      let time = seconds {
        for batch in batches {
          let scores = model.scores(batch)
          for i in 0..<scores.rows { sum += Double(scores[i, 0]) }
        }
      }
      return Answer(seconds: time / Double(batches.count * batch), result: [sum])
    }
  }
}

/// FNV-1a over the bits.
private func fingerprint(_ numbers: [Float]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for number in numbers { hash = (hash ^ UInt64(number.bitPattern)) &* 0x100_0000_01b3 }
  return String(hash, radix: 16)
}
