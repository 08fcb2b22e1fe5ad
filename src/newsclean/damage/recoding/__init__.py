"""Lines that another chain of encodings explains better: one code page read as another, multi-byte encodings."""

from newsclean.damage.recoding.repair import repair_lines

__all__ = ["repair_lines"]
