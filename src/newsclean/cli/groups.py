"""How commands are found, and how they end where somebody stops them."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from newsclean.cli.terminal import visible, warn
from newsclean.errors import Stopped

_UsageError: Any = typer.BadParameter.__base__  # of click, which newer versions of typer have inside


def fail(error: BaseException | str, code: int) -> NoReturn:
    """Say what went wrong and end with an exit code."""
    warn(error)
    sys.exit(code)


class Commands(TyperGroup):
    """All commands. typer itself would turn a signal into a silent exit, and print a wrong argument as it is."""

    order = ("run", "clean", "repair", "dedup", "explain", "report", "audit", "rethreshold", "index", "templates")

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the commands, those that a new user needs first."""
        return sorted(self.commands, key=lambda name: self.order.index(name) if name in self.order else len(self.order))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the options before the command."""
        with _escaped_messages():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Call the command that was named."""
        try:
            with _escaped_messages():
                return super().invoke(ctx)
        except Stopped as error:
            fail(error, 128 + error.signal)
        except KeyboardInterrupt:
            fail("stopped", 130)


@contextlib.contextmanager
def _escaped_messages() -> Iterator[None]:
    """Escape what a message on wrong usage quotes: a name of a file may have come to be an option."""
    try:
        yield
    except _UsageError as error:
        error.message = visible(error.message, keep="\n")
        raise


class SheetFirst(TyperGroup):
    """Commands on an audit: what is no command is the argument of `sheet`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `sheet` before arguments that name no command."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["sheet", *args]
        return super().parse_args(ctx, args)
