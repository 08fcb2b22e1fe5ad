"""Sources that are damaged often enough teach how; others teach nothing."""

from newsclean.damage import learn_damage
from newsclean.damage.learning import TEXTS, learn
from newsclean.settings import RepairSettings

DAMAGED = ["GrÃ¼ÃŸe aus KÃ¶ln", "FÃ¼r JÃ¶rg", "MÃ¼ller tritt zurÃ¼ck"]


def test_each_source_is_learned_by_itself() -> None:
    news = [{"text": text, "source": "a.de"} for text in DAMAGED] + [{"text": "Guten Tag", "source": "b.de"}]
    news += [{"text": text} for text in DAMAGED]  # of no source
    assert {source: found.chains for source, found in learn_damage(news).items()} == {"a.de": {"utf-8>windows-1252": 3}}


def test_all_batches_count() -> None:
    texts = ["Guten Tag"] * TEXTS + DAMAGED
    assert learn(texts, RepairSettings()).texts == len(texts)
