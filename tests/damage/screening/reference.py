"""Slow and obvious search for units of UTF-8."""

from newsclean.damage.encodings.codepages import characters


def units(text: str, codepage: str) -> list[tuple[int, int, str]]:
    """Start, end and meaning of each UTF-8 unit in `text` read as `codepage`, from left to right."""
    own, windows = characters(codepage), characters("windows-1252")

    def byte_of(character: str, low: int, high: int) -> int | None:
        for byte in range(low, high):
            if own[byte] == character:
                return byte
        for byte in range(low, high):
            if own[byte] == chr(byte) and character in (chr(byte), windows[byte]):
                return byte
        return None

    found, i = [], 0
    while i < len(text):
        lead = byte_of(text[i], 0xC2, 0xF5)
        length = 0 if lead is None else 2 + (lead >= 0xE0) + (lead >= 0xF0)
        data = [lead, *(byte_of(c, 0x80, 0xC0) for c in text[i + 1 : i + length])]
        if length and len(data) == length and None not in data:
            try:
                meaning = bytes(b for b in data if b is not None).decode("utf-8", "surrogatepass")
                if ord(meaning) >= 0x323B0 and not 0xE0020 <= ord(meaning) < 0xE01F0:
                    raise ValueError("unassigned")
                found.append((i, i + length, meaning))
                i += length
                continue
            except ValueError:
                pass
        i += 1
    return found
