"""How bytes become text: what is certain first, then what is most plausible."""

from collections.abc import Sequence

from newsclean.damage.decoding import costs, declarations, encodings, forms, result, selection
from newsclean.damage.decoding.costs import Lines
from newsclean.damage.decoding.result import Decoded, Part

SAMPLE = 1 << 16  # bytes of lines that are not ASCII by which encodings are chosen
AROUND = 1000  # bytes of ASCII around them that tell the language
DECLARED = 4.0  # nats that a declared encoding is more likely
SPOKEN = 3.0  # nats that an encoding of a language that was named is more likely


def decode(data: bytes, declared: str | None, languages: Sequence[str]) -> Decoded:
    """Text read from bytes."""
    if not data:
        return result.nothing()
    said = (declarations.encoding_of(declared) if declared else None) or declarations.declared_in(data)
    found = forms.marked(data) or forms.escaped(data)
    if found is None:
        found = forms.ascii_or_utf8(data)
        if found is None:
            found = _plausible(data, prior(said, languages))
            found = forms.wide(data, found.text) or found
        elif "\x00" in found.text:
            found = forms.wide(data, found.text) or found
        found = forms.rare(data, said, found.text) or found
    how = "declared" if found.how == "plausible" and found.encoding == said else found.how
    return found._replace(declared=said, how=how)


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Text read from bytes in a given encoding."""
    name = declarations.encoding_of(encoding)
    if name is None:
        raise ValueError(f"encoding must be the name of an encoding, such as windows-1251, got {encoding!r}")
    found = forms.marked(data)
    if found is None:
        text, parts = forms.read(data, name)
        found = Decoded(text, name, 1.0, "declared", parts=parts)
    return found._replace(declared=name)


def prior(declared: str | None, languages: Sequence[str]) -> dict[str, float]:
    """Nats that text in each encoding must be more plausible by than text in windows-1252."""
    spoken = {language.lower().replace("_", "-").split("-")[0] for language in languages}
    return {
        encoding.name: encoding.rarity
        - DECLARED * (encoding.name == declared)
        - SPOKEN * (not spoken.isdisjoint(encoding.languages.split()))
        for encoding in encodings.ENCODINGS
    } | {costs.UTF8: -DECLARED * (declared == costs.UTF8)}


def _plausible(data: bytes, rarity: dict[str, float]) -> Decoded:
    """Text in the encodings that its lines are most plausible in. A line that comes again is no further evidence."""
    lines = _lines(data)
    distinct = [line for line in dict.fromkeys(lines) if not line.isascii()]
    sample = _sampled(distinct)
    choice = selection.choose(Lines(sample), _around(lines), rarity)
    if len(choice.names) == 1:
        name = choice.names[0]
        text = data.decode(name, "surrogateescape")
        return Decoded(text, name, choice.confidence, "plausible", parts=(result.part(text, 0, name, data),))
    assigned = choice.assigned if len(sample) == len(distinct) else selection.assign(distinct, choice.names)
    of = {line: choice.names[place] for line, place in zip(distinct, assigned.tolist(), strict=True)}
    return _mixed(lines, of, choice)


def _mixed(lines: list[bytes], of: dict[bytes, str], choice: selection.Choice) -> Decoded:
    """Each line in its own encoding; one that is ASCII in that of the line before."""
    runs: list[tuple[str, list[bytes]]] = []
    current = next(of[line] for line in lines if line in of)
    for line in lines:
        current = of.get(line, current)
        if not runs or runs[-1][0] != current:
            runs.append((current, []))
        runs[-1][1].append(line)
    texts, parts, start = [], list[Part](), 0
    for name, members in runs:
        raw = b"".join(members)
        text = raw.decode(name, "surrogateescape")
        parts.append(result.part(text, start, name, raw))
        texts.append(text)
        start += len(text)
    how = "mixed" if len(runs) > 1 else "plausible"
    return Decoded("".join(texts), choice.names[0], choice.confidence, how, parts=tuple(parts))


def _around(lines: list[bytes]) -> bytes:
    """Lines that are ASCII, those next to the others first, up to AROUND bytes or a little more."""
    found, size, seen = [], 0, set[int]()
    for i, line in enumerate(lines):
        if size >= AROUND:
            break
        if not line.isascii():
            for near in range(max(0, i - 2), min(len(lines), i + 3)):
                if near not in seen and lines[near].isascii():
                    seen.add(near)
                    found.append(lines[near])
                    size += len(lines[near])
    return b"".join(found)[: 2 * AROUND]


def _sampled(lines: list[bytes]) -> list[bytes]:
    """All lines, or as many of those that are UTF-8, and as many of the others, as SAMPLE has room for."""
    size = sum(map(len, lines))
    if size <= SAMPLE:
        return lines
    kinds: tuple[list[bytes], list[bytes]] = ([], [])
    for line in lines:
        kinds[_is_utf8(line)].append(line[:SAMPLE])
    return [line for kind in kinds for line in kind[:: 1 + sum(map(len, kind)) // SAMPLE]]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(data: bytes) -> list[bytes]:
    """Lines with their ends; at returns where there are no line feeds."""
    end = b"\n" if b"\n" in data or b"\r" not in data else b"\r"
    lines = [line + end for line in data.split(end)]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
