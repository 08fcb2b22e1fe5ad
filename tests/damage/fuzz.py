"""Any text: repair never fails, its edits lead back to the raw text, and what is repaired stays as it is.

    python -m tests.damage.fuzz [COUNT] [--seed N]

Texts are sentences in twenty languages and the seeds, cut, mutated, encoded in one way and read in another, mixed with
random Unicode, surrogates, entities, escapes and remains of UTF-7 and UTF-16. Prints what fails; exit code 1 if any
does.
"""

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from newsclean.damage import repair_batch
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.edits import apply_edits, revert

SENTENCES = (  # Universal Declaration of Human Rights, article 1
    "All human beings are born free and equal in dignity and rights.",
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Größe, „Übermut“ & Füße – 5 €!",
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. L’été à Orléans : « où ? »",
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos. ¿Mañana, señor? ¡Sí!",
    "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Źdźbło, łóżko.",
    "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Žluťoučký kůň.",
    "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. İstanbul, ığdır.",
    "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Šiauliai, ąčęėįšųūž.",
    "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.",
    "Все люди рождаются свободными и равными в своем достоинстве и правах. «Ёлка» — № 5",
    "Всі люди народжуються вільними і рівними у своїй гідності та правах. ВІДІЛІ, Рі, Сі",
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
    "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
    "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "人人生而自由，在尊严和权利上一律平等。",
    "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "💬 Whatsapp | 👩‍👩‍👧 family 🇩🇪 ✅ … ™ © ½ ² ° √π (“×”) café 10 µs",
)
SEEDS = Path(__file__).parents[2] / "seeds"
DEBRIS = (
    *(
        "\x00",
        "\x1b[0m",
        "\x07",
        "\x7f",
        "\x85",
        "\x9d",
        "\xa0",
        "\xad",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\ufeff",
    ),
    *("\ud83d", "\ude00", "\ud83d\ude00", "\ufffd", "?", "ﬁ", "e\u0301", "\u0301\u0323", "\u3099", "가", "+AOk-", "+"),
    *("&amp;", "&amp;amp;", "&#233;", "&#xD83D;", "&lt;", "&eacute", ";", "&", "\n", "\r\n", "\t", " ", "'", '"'),
    *("Ã", "Â", "â€", "Ð", "Ñ", "à¸", "ã€", "ð", "ï»¿"),
)
BATCH = 2048  # texts repaired at once: kernels are called for all of them
CODECS = tuple(codepage.codec for codepage in CODEPAGES)
WIDE = ("gbk", "big5hkscs", "cp932", "cp949", "euc_jp", "utf-16-le", "utf-16-be", "utf-7")


def texts(count: int, seed: int) -> Iterator[str]:
    """`count` texts, the same for the same seed."""
    choice = random.Random(seed)
    known = [*SENTENCES, *(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))]
    for _ in range(count):
        parts = [_part(choice, known) for _ in range(choice.choice((1, 1, 1, 2, 3)))]
        yield choice.choice(("", " ", "\n")).join(parts)


def _part(choice: random.Random, known: list[str]) -> str:
    kind = choice.random()
    if kind < 0.12:
        return "".join(chr(choice.randrange(choice.choice((0x100, 0x600, 0x3000, 0x110000)))) for _ in range(12))
    if kind < 0.2:
        return "".join(choice.choice(DEBRIS) for _ in range(choice.randrange(1, 12)))
    source = choice.choice(known)
    start, length = choice.randrange(len(source)), choice.choice((3, 8, 20, 60, 150))
    text = source[start : start + length]
    for _ in range(choice.choice((0, 1, 1, 1, 2, 3))):
        text = _misread(choice, text)
    for _ in range(choice.choice((0, 0, 1, 1, 3))):
        text = _mutated(choice, text)
    return text


def _misread(choice: random.Random, text: str) -> str:
    """A text written in one encoding, mostly UTF-8, and read in another."""
    written = "utf-8" if choice.random() < 0.8 else choice.choice((*CODECS, *WIDE))
    read = choice.choice(CODECS) if choice.random() < 0.85 else choice.choice(("utf-8", *WIDE))
    data = text.encode(written, choice.choice(("ignore", "replace")))
    if choice.random() < 0.7 and read in CODECS:  # undefined bytes become C1 controls
        return "".join(bytes([byte]).decode(read, "ignore") or chr(byte) for byte in data)
    return data.decode(read, choice.choice(("ignore", "replace")))


def _mutated(choice: random.Random, text: str) -> str:
    at = choice.randrange(len(text) + 1)
    kind = choice.randrange(8)
    if kind < 3:
        return text[:at] + choice.choice(DEBRIS) + text[at + choice.randrange(2) :]
    if kind == 3:
        return text[at:] + text[:at]
    if kind == 4:
        return unicodedata.normalize(choice.choice(("NFC", "NFD", "NFKC", "NFKD")), text)
    if kind == 5:
        return choice.choice((text.upper, text.lower, text.title))()
    if kind == 6:
        return text.replace("\xa0", " ").replace("’", "'").replace("\x9d", "")
    return "".join(f"&#{ord(c)};" if c > "\x7f" else c for c in text)


def failures(batch: list[str]) -> Iterator[tuple[str, str]]:
    """What is wrong, and the text that it is wrong with."""
    try:
        cleaned = repair_batch(batch)
        again = repair_batch([result.text for result in cleaned])
    except Exception as error:  # whatever it is, it must not be
        if len(batch) == 1:
            yield repr(error), batch[0]
        else:
            for text in batch:
                yield from failures([text])
        return
    for text, first, second in zip(batch, cleaned, again, strict=True):
        if apply_edits(text, first.edits) != first.text or revert(first.text, first.edits) != text:
            yield "the edits do not lead from the text to its repair and back", text
        if second.text != first.text:
            yield f"repaired to {first.text!a} and then to {second.text!a}", text


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    settings = parser.parse_args()
    batch: list[str] = []
    done = failed = 0
    start = time.process_time()
    for text in texts(settings.count, settings.seed):
        batch.append(text)
        if len(batch) == BATCH or done + len(batch) == settings.count:
            for what, where in failures(batch):
                failed += 1
                print(f"{where!a}\n    {what}", flush=True)
            done += len(batch)
            batch = []
            if done % BATCH == 0:
                print(
                    f"{done:,} texts, {failed} failures, {time.process_time() - start:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
    print(f"{done:,} texts, {failed} failures, {time.process_time() - start:.0f} s")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
