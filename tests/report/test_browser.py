"""The page in a real browser: no errors, filters and marks by click and by keyboard, no barriers that axe finds."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from newsclean.report import score, write_audit, write_report

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra test)")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromium-driver are not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync",
                     "disable-background-networking", "disable-component-update", "window-size=1440,1200"):  # fmt: skip
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(300)  # axe looks at every element
    yield driver
    driver.quit()


@pytest.fixture(params=["seeds", "hostile", "large"])
def opened(request: pytest.FixtureRequest, browser: object, tmp_path: Path) -> object:
    run = request.getfixturevalue(f"{request.param}_run")
    browser.get(write_report(run, tmp_path / "report.html").as_uri())
    return browser


def shown(browser: object) -> int:
    return len([each for each in browser.find_elements("css selector", ".sample") if each.is_displayed()])


def test_no_errors_and_no_script_of_an_article_runs(opened: object) -> None:
    assert opened.title.startswith("newsclean report")
    assert [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_axe_finds_no_serious_barrier(opened: object, width: int, scheme: str) -> None:
    opened.set_window_size(width, 1200)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    for details in opened.find_elements("css selector", "details"):
        opened.execute_script("arguments[0].open = true", details)
    opened.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = opened.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    serious = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in serious] == []
    assert opened.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_filters_by_click_and_by_keyboard(browser: object, seeds_run: Path, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.select import Select

    browser.get(write_report(seeds_run, tmp_path / "report.html").as_uri())
    every = shown(browser)
    Select(browser.find_element("name", "rule")).select_by_visible_text("player")
    assert 0 < shown(browser) < every
    browser.find_element("css selector", "button[type=reset]").click()
    assert shown(browser) == every
    browser.find_element("name", "words").send_keys("telegram")
    assert 0 < shown(browser) < every
    browser.find_element("name", "words").send_keys(Keys.CONTROL, "a", Keys.DELETE)
    checkbox = browser.find_element("name", "clean")
    checkbox.send_keys(Keys.SPACE)
    assert not any(each.is_displayed() for each in browser.find_elements("css selector", "#close del"))
    checkbox.send_keys(Keys.SPACE)


def test_relations_are_filtered_by_keyboard(browser: object, large_run: Path, tmp_path: Path) -> None:
    from selenium.webdriver.support.select import Select

    browser.get(write_report(large_run, tmp_path / "report.html").as_uri())
    every = shown(browser)
    relation = browser.find_element("name", "relation")
    relation.send_keys("border_copy")
    assert Select(relation).first_selected_option.text == "border_copy"
    assert 0 < shown(browser) < every
    headings = [
        each.text for each in browser.find_elements("css selector", "#close summary strong") if each.is_displayed()
    ]
    assert headings
    assert all(heading.startswith("just below: not called copies") for heading in headings)


def test_a_removal_explains_itself_when_it_has_the_focus(browser: object, seeds_run: Path, tmp_path: Path) -> None:
    browser.get(write_report(seeds_run, tmp_path / "report.html").as_uri())
    mark = browser.find_element("css selector", "#close .edit")
    why = mark.find_element("css selector", ".why")
    assert not why.is_displayed()
    browser.execute_script("arguments[0].focus()", mark)
    assert why.is_displayed()
    assert "sure" in why.text


def test_an_audit_is_judged_by_click_and_by_keyboard(browser: object, seeds_run: Path, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    _, form = write_audit(seeds_run, size=25)
    browser.get(form.as_uri())
    browser.find_element("css selector", "input[name=verdict-1][value=right]").click()
    browser.find_element("css selector", "input[name=verdict-2][value=right]").send_keys(Keys.SPACE, Keys.ARROW_RIGHT)
    browser.find_element("name", "note-2").send_keys('a "poll", article')
    assert browser.find_element("name", "done").text.startswith("2 of ")
    (tmp_path / "judged.csv").write_text(browser.execute_script("return document.getElementById('sheet').sheet()"))
    found = {(each.group, each.name): each for each in score(tmp_path / "judged.csv")}
    assert sum(each.judged for (group, _), each in found.items() if group == "stratum") == 2
    assert sum(each.right for (group, _), each in found.items() if group == "stratum") == 1
    browser.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    violations = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")["violations"]
    assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == []
