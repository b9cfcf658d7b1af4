"""Processes that run one task as often as asked, and taking turns among them."""
import json
import statistics
import subprocess
import sys
import tempfile
import time


class Runner:
    """A peer's process: `worker.py`, or Descent's own worker, which is spoken to in the same way."""

    def __init__(self, name, command, environment):
        self.name, self.answers, self.failure = name, [], None
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def ask(self):
        """Runs the task once. A peer that is not installed, or fails, says so once and is left out."""
        if self.failure:
            return
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self.listen()
        if answer:
            self.answers.append(answer)

    def listen(self):
        """The next line that it says; the first one, which is empty, once it is ready."""
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        if not self.failure:
            self.errors.seek(0)
            self.failure = (self.errors.read().strip().splitlines() or ["ended without a word"])[-1]
            print(f"{self.name}: {self.failure}", file=sys.stderr, flush=True)

    def close(self):
        if not self.process.stdin.closed:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        self.process.wait()

    @property
    def seconds(self):
        """The median of the runs."""
        return statistics.median(answer["seconds"] for answer in self.answers)

    @property
    def result(self):
        return self.answers[-1]["result"]


def in_turns(runners, rounds, most=30.0):
    """A B C A B C. The first turn of each warms up and does not count; one that has used up `most` seconds has
    no more turns. A pause lets the idle threads of the one before fall asleep."""
    for runner in runners:
        runner.listen()
    used = dict.fromkeys(runners, 0.0)
    for turn in range(rounds + 1):
        for runner in runners:
            if used[runner] > most and len(runner.answers) > 1:
                continue
            start = time.perf_counter()
            runner.ask()
            used[runner] += time.perf_counter() - start
            time.sleep(0.15)
    for runner in runners:
        runner.close()
        if len(runner.answers) > 1:
            del runner.answers[0]
    return runners


def told(output):
    """The lines of JSON in what a program wrote; some libraries write lines of their own among them."""
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]
