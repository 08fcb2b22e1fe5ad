"""Features of lines: what a line is made of, what stands around it, what it shares with paragraphs.

Kernels write them into one table, a row a line; `columns.Feature` names its columns.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import NAMES, Floats
from newsclean.boilerplate.features.line import fill_inside_share, fill_line
from newsclean.boilerplate.features.neighbourhood import fill_neighbourhood
from newsclean.boilerplate.features.repetition import fill_echo, fill_repeats
from newsclean.boilerplate.features.sections import fill_sections
from newsclean.boilerplate.features.style import fill_style
from newsclean.boilerplate.features.vocabulary import fill_shared
from newsclean.boilerplate.features.wording import fill_wording
from newsclean.boilerplate.lines import Lines, text_bounds


def features(
    lines: Lines,
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    is_prose: NDArray[np.bool_],
    found: NDArray[np.int16],
) -> Floats:
    """(lines, len(NAMES)) float32."""
    rows = len(lines.table)
    table = np.empty((rows, len(NAMES)), np.float32)
    bounds = text_bounds(lines)
    fill_line(lines.table, hits, length, is_prose, found, table)
    fill_inside_share(bounds, table)
    fill_repeats(lines, bounds, table)
    fill_shared(lines, bounds, is_prose, table)
    fill_echo(lines, bounds, table)
    fill_sections(bounds, found, table)
    fill_neighbourhood(bounds, length, table)
    fill_style(lines, bounds, length, table)
    fill_wording(lines, bounds, table)
    return table
