"""What a terminal may be shown: text of strangers never reaches it as escape codes or as markup."""

import sys

_HARMLESS = "\n\t"


def visible(text: str, keep: str = "") -> str:
    r"""Controls, direction marks and lone surrogates as escapes; all else, and what is to be kept, as it is.

    >>> visible("a\x1b[31m\u202e\n"), visible("a\n", keep="\n")
    ('a\\x1b[31m\\u202e\\n', 'a\n')
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else c.encode("unicode_escape").decode() for c in text)


def note(message: object) -> None:
    """A line on standard error."""
    print(visible(str(message), keep=_HARMLESS), file=sys.stderr)


def warn(message: object) -> None:
    """What went wrong, on standard error."""
    note(f"newsclean: {message}")


def write_text(text: str) -> None:
    """A text on standard output: as it is into a file or pipe, without controls on a terminal."""
    if sys.stdout.isatty():
        text = visible(text, keep=_HARMLESS)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def write_json(line: bytes) -> None:
    """A line of JSON on standard output: as it is into a file or pipe, controls escaped on a terminal."""
    if sys.stdout.isatty():
        text = line.decode("utf-8", "replace")
        line = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text).encode()
    sys.stdout.buffer.write(line + b"\n")
