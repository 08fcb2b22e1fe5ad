"""The errors newsclean raises. Each message says what was wrong and what to do about it."""


class NewscleanError(Exception):
    """Base of all errors that newsclean raises on purpose."""


class InputError(NewscleanError):
    """An input cannot be read at all: missing, empty of articles, of an unknown format, or cut off."""


class OutputError(NewscleanError):
    """An output cannot be written."""


class SettingsError(NewscleanError, ValueError):
    """A setting has an unknown name or a value out of range."""


class EditError(NewscleanError, ValueError):
    """An edit script does not belong to the text it is applied to, or its edits overlap or are out of order."""


class Stopped(KeyboardInterrupt):
    """Somebody stopped a run (Ctrl-C, SIGTERM). The message says what is done and how to go on."""

    def __init__(self, message: str, signal: int) -> None:
        super().__init__(message)
        self.signal = signal
