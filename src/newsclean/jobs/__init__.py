"""A run over files: cut, clean in workers, resolve, write, resume.

`jobs.run.run` is not exported from here: this package and the function would fight for one name.
"""

from newsclean.jobs.options import Options, RunOptions
from newsclean.jobs.progress import LogProgress, Progress, Silence
from newsclean.jobs.summary import Summary, flag_meaning

__all__ = ["LogProgress", "Options", "Progress", "RunOptions", "Silence", "Summary", "flag_meaning"]
