"""A log says where something went wrong, not what it was about."""

import logging

from apps.core.tracebacks import Line, without_messages

QUOTED = "Key (email)=(someone@example.org) already exists"


def look_up() -> None:
    raise KeyError(QUOTED)


def raised() -> Exception:
    try:
        try:
            look_up()
        except KeyError as first:
            raise ValueError(QUOTED) from first
    except ValueError as error:
        return error


def test_a_traceback_tells_places_and_kinds_in_order():
    told = without_messages(raised())
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")
    assert "in look_up" in told
    assert QUOTED not in told


def test_what_was_deliberately_left_out_stays_so():
    error = raised()
    error.__cause__ = None
    assert "KeyError" not in without_messages(error)


def test_errors_that_led_to_one_another_are_told_once():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert without_messages(one).count("ValueError") == 1


def test_a_line_holds_no_message_of_an_exception():
    error = raised()
    record = logging.LogRecord(
        "apps", logging.ERROR, __file__, 1, "It failed", (), (type(error), error, None)
    )
    line = Line("%(message)s").format(record)
    assert line.startswith("It failed\n")
    assert QUOTED not in line
