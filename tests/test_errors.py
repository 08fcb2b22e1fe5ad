"""Errors say what they are."""

from newsclean import errors


def test_all_errors_have_one_base() -> None:
    kinds = (errors.InputError, errors.OutputError, errors.SettingsError, errors.EditError)
    assert all(issubclass(kind, errors.NewscleanError) for kind in kinds)


def test_a_stopped_run_is_a_keyboard_interrupt() -> None:
    stopped = errors.Stopped("stopped", 15)
    assert isinstance(stopped, KeyboardInterrupt)
    assert (str(stopped), stopped.signal) == ("stopped", 15)
