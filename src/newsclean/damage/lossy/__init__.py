"""UTF-8 that was misread and then lost or changed some of its bytes."""

from newsclean.damage.lossy.repair import CONFIDENCE, repair_line

__all__ = ["CONFIDENCE", "repair_line"]
