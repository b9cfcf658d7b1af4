"""Results of peers that did the same work."""


def agree(setting, work, runners, tolerance):
    """Reports, and counts as a failure, a result that lies further from Descent's than a relative tolerance."""
    done = [runner for runner in runners if runner.answers]
    for runner in done[1:]:
        pairs = zip(runner.result, done[0].result, strict=True)
        if not all(abs(a - b) <= tolerance * max(abs(b), 1e-30) for a, b in pairs):
            setting.failures.append(work)
            runner.failure = f"result {runner.result}, {done[0].name}'s {done[0].result}"
