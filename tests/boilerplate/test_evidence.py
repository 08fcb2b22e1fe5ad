"""What is known of segments."""

from newsclean.boilerplate import learn_templates
from newsclean.boilerplate.evidence import Context, describe, gather
from newsclean.boilerplate.rules import NUMBER
from newsclean.settings import BoilerplateSettings

TEXT = "Share this article\n\nThe minister resigned on Monday, her office said in a brief statement on the matter."


def test_what_a_disabled_rule_names_is_no_residue() -> None:
    assert describe([TEXT]).found.tolist() == [NUMBER["share-prompt"], -1]
    asked, disabled = BoilerplateSettings(), BoilerplateSettings(disabled=("share-prompt",))
    assert gather([TEXT], Context(asked, None, [None])).probability[0] > 0.9
    assert gather([TEXT], Context(disabled, None, [None])).probability[0] == 0


def test_lines_that_a_source_repeats_are_known() -> None:
    documents = [{"text": f"Story number {word} of today\nOur own line", "source": "a"} for word in ("one", "two")]
    context = Context(BoilerplateSettings(), learn_templates(documents), ["a"])
    assert gather(["Another story\nOur own line"], context).template.tolist() == [0, 1]


def test_a_cue_gives_its_piece_a_rule() -> None:
    text = "The minister resigned on Monday, her office said in a brief statement (Photo: Jane Doe) on the matter."
    found = describe([text])
    assert NUMBER["photo-credit"] in found.found.tolist()
    assert len(found.found) == 3
