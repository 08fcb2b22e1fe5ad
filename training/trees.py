"""Boosted trees of LightGBM as the few flat arrays of `newsclean.models.trees.Forest`."""

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray


def forest_arrays(boosters: Sequence[lightgbm.Booster], prefix: str = "") -> dict[str, NDArray[Any]]:
    """`feature`, `threshold`, `child`, `value` and `roots` of all trees of some models; `prefix` begins the names."""
    nodes: list[tuple[int, float, int, float]] = []
    roots = []
    for tree in (tree for booster in boosters for tree in booster.dump_model()["tree_info"]):
        roots.append(len(nodes))
        nodes.append((-1, 0.0, 0, 0.0))
        open_nodes = [(roots[-1], tree["tree_structure"])]
        while open_nodes:
            place, node = open_nodes.pop()
            if "leaf_value" in node:
                nodes[place] = (-1, 0.0, 0, node["leaf_value"])
                continue
            left = len(nodes)
            nodes[place] = (node["split_feature"], _rounded_down(node["threshold"]), left, node["internal_value"])
            nodes += [(-1, 0.0, 0, 0.0)] * 2
            open_nodes += [(left, node["left_child"]), (left + 1, node["right_child"])]
    columns = zip(*nodes, strict=True)
    types = {"feature": np.int16, "threshold": np.float32, "child": np.int32, "value": np.float32}
    arrays: dict[str, NDArray[Any]] = {
        prefix + name: np.array(column, kind) for (name, kind), column in zip(types.items(), columns, strict=True)
    }
    return arrays | {f"{prefix}roots": np.array(roots, np.int32)}


def _rounded_down(threshold: float) -> np.float32:
    """The greatest float32 that is not above `threshold`: a float32 is above the one exactly if above the other."""
    near = np.float32(threshold)
    return near if near <= threshold else np.nextafter(near, np.float32(-np.inf))
