"""Slow and obvious cutting of lines."""


def lines(text: str, longest: int) -> list[int]:
    """Where the lines of a text end, long ones cut behind a space in their second half, or after `longest`."""
    ends, start = [], 0
    while start < len(text):
        piece = text[start : start + longest]
        if "\n" in piece:
            end = start + piece.index("\n") + 1
        else:
            end = start + len(piece)
            space = piece.rfind(" ", longest // 2) + 1
            if end < len(text) and text[end - 1] != "\n" and space:
                end = start + space
        ends.append(end)
        start = end
    return ends
