"""A run over files: cut, clean in workers, resolve, write, resume.

`jobs.run.run` is not exported from here: this package and the function would fight for one name.
"""

from newsclean.jobs.outputs import Summary
from newsclean.jobs.progress import Progress, Silence

__all__ = ["Progress", "Silence", "Summary"]
