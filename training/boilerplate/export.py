"""Boosted trees as the few flat arrays that the package ships."""

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray


def arrays(committee: Sequence[lightgbm.Booster]) -> dict[str, NDArray[Any]]:
    """`feature`, `threshold`, `child`, `value` and `roots` as `newsclean.boilerplate.tagger.Trees` has them."""
    nodes: list[tuple[int, float, int, float]] = []
    roots = []
    for tree in (tree for member in committee for tree in member.dump_model()["tree_info"]):
        roots.append(len(nodes))
        nodes.append((-1, 0.0, 0, 0.0))
        open_nodes = [(roots[-1], tree["tree_structure"])]
        while open_nodes:
            place, node = open_nodes.pop()
            if "leaf_value" in node:
                nodes[place] = (-1, 0.0, 0, node["leaf_value"])
                continue
            left = len(nodes)
            nodes[place] = (node["split_feature"], _down(node["threshold"]), left, node["internal_value"])
            nodes += [(-1, 0.0, 0, 0.0)] * 2
            open_nodes += [(left, node["left_child"]), (left + 1, node["right_child"])]
    feature, threshold, child, value = zip(*nodes, strict=True)
    return {
        "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold, np.float32),
        "child": np.array(child, np.int32),
        "value": np.array(value, np.float32),
        "roots": np.array(roots, np.int32),
    }


def _down(threshold: float) -> np.float32:
    """The greatest float32 that is not above `threshold`: a float32 is above the one exactly if above the other."""
    near = np.float32(threshold)
    return near if near <= threshold else np.nextafter(near, np.float32(-np.inf))
