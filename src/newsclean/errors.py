"""The errors newsclean raises. Each message says what was wrong and what to do about it."""


class NewscleanError(Exception):
    """Base of all errors that newsclean raises on purpose.

    >>> issubclass(InputError, NewscleanError)
    True
    """


class InputError(NewscleanError):
    """An input cannot be read at all: missing, empty of articles, of an unknown format, or cut off.

    >>> import newsclean
    >>> newsclean.run(["nothing/here"], "out")
    Traceback (most recent call last):
        ...
    newsclean.errors.InputError: ...
    """


class OutputError(NewscleanError):
    """An output cannot be written.

    >>> raise OutputError("out holds what newsclean did not write")
    Traceback (most recent call last):
    ...
    newsclean.errors.OutputError: out holds what newsclean did not write
    """


class SettingsError(NewscleanError, ValueError):
    """A setting has an unknown name or a value out of range.

    >>> from newsclean import BoilerplateSettings
    >>> BoilerplateSettings(mode="careful")
    Traceback (most recent call last):
        ...
    newsclean.errors.SettingsError: ...
    """


class EditError(NewscleanError, ValueError):
    """An edit script does not belong to the text it is applied to, or its edits overlap or are out of order.

    >>> from newsclean import Edit, revert
    >>> revert("other text", [Edit(40, "x", "", "r")])
    Traceback (most recent call last):
        ...
    newsclean.errors.EditError: ...
    """


class Stopped(KeyboardInterrupt):
    """Somebody stopped a run (Ctrl-C, SIGTERM). The message says what is done and how to go on."""

    def __init__(self, message: str, signal: int) -> None:
        super().__init__(message)
        self.signal = signal
