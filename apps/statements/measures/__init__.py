"""What a room's answers mean: pure functions of counts, that know no database and no page.

`counts` and `verdicts` say what was decided, `certainty` how firm it is, `groups` where declared
groups differ, `suppression` what of it may be shown, `sentences` all of it in words, `claims`
whether it bears out what a memo claims, `rounds` what changed, `five_point` what a finer scale
adds. These are plain Python, and quick enough for a request.

`polis`, `projection`, `opinion_groups` and `routing` do linear algebra on all votes at once: they
import large libraries, so only workers import them.
"""
