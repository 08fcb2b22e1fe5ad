"""What the search for duplicates found among the articles of a run, by numbers; ids lie in a file."""

from newsclean.jobs.outcome.id_file import Names
from newsclean.jobs.outcome.listings import write_clusters, write_pairs
from newsclean.jobs.outcome.outcome import Outcome, resolved
from newsclean.jobs.outcome.space import check_memory, check_space, estimate

__all__ = ["Names", "Outcome", "check_memory", "check_space", "estimate", "resolved", "write_clusters", "write_pairs"]
