import Descent
import Testing

@Suite("Sentences that name options")
struct PhraseTests {
  @Test func eachReaderHasItsOwnSpelling() {
    let phrase: Phrase = "lower \(.l1) or \(Phrase.Option("x")), by \(3) or \("so")"
    #expect(phrase.description == "lower 'l1' or 'x', by 3 or so")
    #expect(phrase.text { "--\($0)" } == "lower --l1 or --x, by 3 or so")
    #expect((phrase + "; \(.loss)").text { $0.uppercased() } == "lower L1 or X, by 3 or so; LOSS")
  }

  @Test func whatReadsAlikeIsEqual() {
    #expect("one \(2) three" as Phrase == "one 2 three")
    #expect("one " + ("" as Phrase) + "two" == "one two")
    #expect("use \(.l1)" as Phrase != "use 'l1'")
    #expect(Phrase("").isEmpty && !("\(.l1)" as Phrase).isEmpty)
  }
}
